using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>A folder to train in.</summary>
public abstract class TrainFixture : IDisposable
{
    /// <summary>A training on the images <c>img</c>.</summary>
    protected const string Short = "train --images ./img --epochs 2 --batch 10 --model ./m.fstack";

    private protected readonly Fstack tool = new();

    public void Dispose()
    {
        tool.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The message of what should be refused, perhaps after notes of what was read.</summary>
    protected string Refused(string line)
    {
        var ran = tool.Run(line);
        Assert.True(ran.Code == App.BadInput, $"exit code {ran.Code}: {ran.Error}");
        Assert.Empty(ran.Output);
        // What was read is noted before what it is not good for.
        var last = ran.Error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("fstack: ", last);
        return last["fstack: ".Length..];
    }
}
