using System.Text.Json;
using FunctionalStack.Cli.Tests.Images;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Trainings that go on from a checkpoint.</summary>
public sealed class TrainResumeTests : TrainFixture
{
    [Fact]
    public void Stopped_and_resumed_is_never_having_stopped()
    {
        Stripes.Idx(tool, "img");
        const string Four = "train --images ./img --epochs 4 --batch 7 --model ./m.fstack --checkpoint ./c.fstack";
        tool.Done(Four);
        var (model, checkpoint) = (tool.Bytes("m.fstack"), tool.Bytes("c.fstack"));
        File.Delete(tool.At("c.fstack"));
        File.Delete(tool.At("m.fstack"));

        using var stop = new CancellationTokenSource();
        var ran = tool.Run(Four, new StopAt("epoch 2/4", stop), stop.Token);
        Assert.Equal((App.Cancelled, ""), (ran.Code, ran.Output));
        Assert.EndsWith($"fstack: cancelled; {tool.At("c.fstack")} holds epoch 2. The same command with --resume goes on from there.\n", ran.Error.Replace("c.fstack", tool.At("c.fstack")));
        Assert.False(File.Exists(tool.At("m.fstack")));
        var inspected = tool.Done("inspect ./c.fstack --json").Json;
        Assert.Equal(("checkpoint", 2), (inspected.GetProperty("kind").GetString(), inspected.Items("history").Length));

        var resumed = tool.Done($"{Four} --resume --json");
        Assert.DoesNotContain("epoch 2/4", resumed.Error);
        Assert.Equal(model, tool.Bytes("m.fstack"));
        Assert.Equal(checkpoint, tool.Bytes("c.fstack"));
        // How fast the first epochs went, nobody knows any more.
        Assert.Equal([false, false, true, true], resumed.Json.Items("history").Select(epoch => epoch.GetProperty("imagesPerSecond").ValueKind == JsonValueKind.Number));
    }

    [Fact]
    public void Resuming_where_nothing_is_yet_begins_and_says_so()
    {
        Stripes.Idx(tool, "img");
        Assert.Equal("c.fstack: no checkpoint is there yet, so this is the beginning", tool.Done($"{Short} --checkpoint ./c.fstack --resume").Notes[0]);
    }

    [Fact]
    public void A_checkpoint_that_is_there_is_not_replaced_unasked()
    {
        Stripes.Idx(tool, "img");
        tool.Done($"{Short} --checkpoint ./c.fstack");
        var kept = tool.Bytes("c.fstack");
        Assert.StartsWith("--checkpoint: c.fstack: is there already, and another run may need it. Go on from it with --resume, name another file, or delete it.", tool.Refused($"{Short} --seed 9 --checkpoint ./c.fstack"));
        Assert.Equal(kept, tool.Bytes("c.fstack"));
    }

    [Fact]
    public void Going_on_with_other_test_images_is_told()
    {
        Stripes.Idx(tool, "img");
        tool.Done($"{Short} --checkpoint ./c.fstack");
        File.Copy(tool.At("img/train-images-idx3-ubyte"), tool.At("img/t10k-images-idx3-ubyte"), overwrite: true);
        File.Copy(tool.At("img/train-labels-idx1-ubyte.gz"), tool.At("img/t10k-labels-idx1-ubyte.gz"), overwrite: true);
        Assert.Contains(tool.Done($"{Short.Replace("--epochs 2", "--epochs 3")} --checkpoint ./c.fstack --resume").Notes, note => note.Contains("other test examples"));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        Stripes.Idx(tool, "img");
        Stripes.Idx(tool, "small", side: 6);
        tool.Done($"{Short} --checkpoint ./c.fstack");
        const string Resumed = "--epochs 3 --batch 10 --model ./n.fstack --checkpoint ./c.fstack --resume";
        Assert.Contains("network", Refused($"train --images ./small {Resumed}"));
        Assert.Contains("seed", Refused($"train --images ./img {Resumed} --seed 3"));
        Assert.StartsWith("c.fstack: checkpoint: it belongs to a training with batch 10, not 12.", Refused($"train --images ./img {Resumed.Replace("10", "12")}"));
        Assert.StartsWith("c.fstack: checkpoint: it belongs to a training on unweighted examples, not on weighted ones (--balance).", Refused($"train --images ./img {Resumed} --balance"));
        Assert.Contains("it is at epoch 2, but epochs is 1.", Refused($"train --images ./img {Resumed.Replace("3", "1")}"));
        Assert.StartsWith("m.fstack: is a model, not a checkpoint.", Refused($"{Short.Replace("./m", "./n")} --checkpoint ./m.fstack --resume"));
    }

    [Fact]
    public void A_checkpoint_of_a_balanced_training_is_refused_without_balance()
    {
        Stripes.Idx(tool, "img");
        tool.Done($"{Short} --balance --checkpoint ./c.fstack");
        tool.Done($"{Short} --balance --checkpoint ./c.fstack --resume");
        Assert.StartsWith("c.fstack: checkpoint: it belongs to a training on weighted examples (--balance), not on unweighted ones.", Refused($"{Short} --checkpoint ./c.fstack --resume"));
    }

    /// <summary>Cancels once a line with these words is written.</summary>
    private sealed class StopAt(string words, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(words) == true) stop.Cancel();
        }
    }
}
