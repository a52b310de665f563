using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class BenchCommandTests
{
    [Fact]
    public void Every_requested_batch_is_measured()
    {
        using var fstack = new Fstack();
        var answer = fstack.Done("bench --batch 2 --batch 3 --threads 1 --backend host --json").Json;
        Assert.Equal("bench", answer.GetProperty("command").GetString());
        Assert.Equal("host", answer.GetProperty("backend").GetString());
        var speeds = answer.GetProperty("speeds").EnumerateArray().ToArray();
        Assert.Equal([2, 3], speeds.Select(speed => speed.GetProperty("batch").GetInt32()));
        Assert.All(speeds,
            speed =>
            Assert.True(speed.GetProperty("trainImagesPerSecond").GetDouble() > 0
                && speed.GetProperty("predictImagesPerSecond").GetDouble() > 0));
    }

    [Fact]
    public void A_batch_without_variance_is_refused()
    {
        using var fstack = new Fstack();
        Assert.Contains("--batch is 1. ", fstack.Refused("bench --batch 1"));
    }
}
