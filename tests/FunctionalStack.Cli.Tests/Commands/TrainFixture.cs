using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>A temporary folder for trainings.</summary>
public abstract class TrainFixture : IDisposable
{
    /// <summary>A short training on the images <c>img</c>.</summary>
    protected const string Short = "train --images ./img --epochs 2 --batch 10 --model ./m.fstack";

    private protected readonly Fstack tool = new();

    public void Dispose()
    {
        tool.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The message of a refused command. Notes on the images may come before it.</summary>
    protected string Refused(string line)
    {
        var ran = tool.Run(line);
        Assert.True(ran.Code == App.BadInput, $"exit code {ran.Code}: {ran.Error}");
        Assert.Empty(ran.Output);
        // Notes on the images come before the message.
        var last = ran.Error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("fstack: ", last);
        return last["fstack: ".Length..];
    }
}
