using System.Text.Json;
using FunctionalStack.Cli.Tests.Images;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Trainings resumed from a checkpoint.</summary>
public sealed class TrainResumeTests : TrainFixture
{
    [Theory]
    [InlineData("")]
    [InlineData(" --shift 1 --rotation 20 --zoom 0.2")]
    public void A_resumed_training_equals_an_uninterrupted_one(string options)
    {
        Stripes.Idx(tool, "img");
        var four = $"train --images ./img --epochs 4 --batch 7 --model ./m.fstack --checkpoint ./c.fstack{options}";
        tool.Done(four);
        var (model, checkpoint) = (tool.Bytes("m.fstack"), tool.Bytes("c.fstack"));
        File.Delete(tool.At("c.fstack"));
        File.Delete(tool.At("m.fstack"));

        using var stop = new CancellationTokenSource();
        var ran = tool.Run(four, new StopAt("epoch 2/4", stop), stop.Token);
        Assert.Equal((App.Cancelled, ""), (ran.Code, ran.Output));
        Assert.EndsWith($"fstack: cancelled; {tool.At("c.fstack")} holds epoch 2. Resume with the same command and --resume.\n",
            ran.Error.Replace("c.fstack", tool.At("c.fstack")));
        Assert.False(File.Exists(tool.At("m.fstack")));
        var inspected = tool.Done("inspect ./c.fstack --json").Json;
        Assert.Equal(("checkpoint", 2), (inspected.GetProperty("kind").GetString(), inspected.Items("history").Length));

        var resumed = tool.Done($"{four} --resume --json");
        Assert.DoesNotContain("epoch 2/4", resumed.Error);
        Assert.Equal(model, tool.Bytes("m.fstack"));
        Assert.Equal(checkpoint, tool.Bytes("c.fstack"));
        // The speed of the first epochs is not stored.
        Assert.Equal([false, false, true, true],
            resumed.Json.Items("history").Select(epoch => epoch.GetProperty("imagesPerSecond").ValueKind == JsonValueKind.Number));
    }

    [Fact]
    public void Resuming_without_a_checkpoint_starts_a_training_with_a_note()
    {
        Stripes.Idx(tool, "img");
        Assert.Equal("c.fstack: no checkpoint exists yet, so a new training starts",
            tool.Done($"{Short} --checkpoint ./c.fstack --resume").Notes[0]);
    }

    [Fact]
    public void An_existing_checkpoint_is_not_replaced_without_resume()
    {
        Stripes.Idx(tool, "img");
        tool.Done($"{Short} --checkpoint ./c.fstack");
        var kept = tool.Bytes("c.fstack");
        Assert.StartsWith(
            "--checkpoint: c.fstack: already exists, and another run may need it. Resume from it with --resume, give another file, or "
                + "delete it.", tool.Refused($"{Short} --seed 9 --checkpoint ./c.fstack"));
        Assert.Equal(kept, tool.Bytes("c.fstack"));
    }

    [Fact]
    public void Resuming_with_other_test_images_is_noted()
    {
        Stripes.Idx(tool, "img");
        tool.Done($"{Short} --checkpoint ./c.fstack");
        File.Copy(tool.At("img/train-images-idx3-ubyte"), tool.At("img/t10k-images-idx3-ubyte"), overwrite: true);
        File.Copy(tool.At("img/train-labels-idx1-ubyte.gz"), tool.At("img/t10k-labels-idx1-ubyte.gz"), overwrite: true);
        Assert.Contains(tool.Done($"{Short.Replace("--epochs 2", "--epochs 3")} --checkpoint ./c.fstack --resume").Notes,
            note => note.Contains("other test examples"));
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
        Assert.StartsWith("c.fstack: checkpoint: it belongs to a training with batch 10, not 12.",
            Refused($"train --images ./img {Resumed.Replace("10", "12")}"));
        Assert.StartsWith("c.fstack: checkpoint: it belongs to a training on unweighted examples, not on weighted ones (--balance).",
            Refused($"train --images ./img {Resumed} --balance"));
        Assert.Contains("it is at epoch 2, but epochs is 1.", Refused($"train --images ./img {Resumed.Replace("3", "1")}"));
        Assert.StartsWith("m.fstack: is a model, not a checkpoint.",
            Refused($"{Short.Replace("./m", "./n")} --checkpoint ./m.fstack --resume"));
    }

    [Fact]
    public void A_checkpoint_of_a_balanced_training_is_refused_without_balance()
    {
        Stripes.Idx(tool, "img");
        tool.Done($"{Short} --balance --checkpoint ./c.fstack");
        tool.Done($"{Short} --balance --checkpoint ./c.fstack --resume");
        Assert.StartsWith("c.fstack: checkpoint: it belongs to a training on weighted examples (--balance), not on unweighted ones.",
            Refused($"{Short} --checkpoint ./c.fstack --resume"));
    }

    /// <summary>Cancels once a line with this text is written.</summary>
    private sealed class StopAt(string words, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(words) == true) stop.Cancel();
        }
    }
}
