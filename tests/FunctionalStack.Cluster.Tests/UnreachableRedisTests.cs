using FunctionalStack.Cluster.Silos;
using Xunit;

namespace FunctionalStack.Cluster.Tests;

public class UnreachableRedisTests
{
    [Fact]
    public void An_address_without_Redis_is_named_and_not_waited_for()
    {
        var address = $"127.0.0.1:{Settings.FreePort()}";
        var failure = Assert.IsType<Outcome<FitCluster>.Fail>(FitCluster.Connect($"redis://{address}", "lab", TimeSpan.FromDays(1))).Failure;
        Assert.StartsWith($"Redis at {address} cannot be reached: ", failure.What);
        Assert.DoesNotContain("mgr:", failure.What);
    }
}
