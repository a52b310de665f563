using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Cli.Tests.Nets;

/// <summary>The messages and the checkpoint after a device failure.</summary>
public sealed class NetTrainingTests : IDisposable
{
    private readonly Fstack tool = new();
    private readonly StringWriter error = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void A_device_lost_after_an_epoch_leaves_the_checkpoint_and_a_message_how_to_resume()
    {
        using var device = new SmallDevice();
        var path = tool.At("c.fstack");
        Assert.Equal(
            $"small:0: the device is gone; {path} is intact and holds epoch 2. Resume with the same command and --resume, also with "
                + "--backend host.",
            Predicted(Training().Run(Speaking(() => device.Lost = true), device, path)));
        Assert.Equal(0, device.Held);
        var kept = NetworkFile.LoadCheckpoint(path).OrThrow();
        Assert.Equal(2, kept.Epoch);
        using var host = new SmallDevice();
        Assert.Equal(4, Training().Run(Speaking(), host, path, kept).OrThrow().TrainedNetwork.Epoch);
    }

    [Fact]
    public void Out_of_memory_after_an_epoch_reports_that_a_smaller_batch_needs_a_new_training()
    {
        var path = tool.At("c.fstack");
        using var roomy = new SmallDevice();
        Training(epochs: 1).Run(Speaking(), roomy, path).OrThrow();
        using var small = new SmallDevice(most: roomy.Asked.Max() - 1);
        var predicted = Predicted(Training().Run(Speaking(), small, path, NetworkFile.LoadCheckpoint(path).OrThrow()));
        Assert.StartsWith("small:0: out of memory: a training batch of 10 needs 0 MiB; a batch of 5 fits; ", predicted);
        Assert.EndsWith(
            $"{path} is intact and holds epoch 1. Resume with the same command and --resume, also with --backend host; a smaller --batch "
                + "needs a new training.", predicted);
    }

    [Fact]
    public void Without_a_checkpoint_the_exception_reaches_the_caller()
    {
        using var small = new SmallDevice(1);
        Assert.Throws<DeviceException>(() => Training().Run(Speaking(), small, tool.At("c.fstack")));
        using var lost = new SmallDevice();
        Assert.Throws<DeviceException>(() => Training().Run(Speaking(() => lost.Lost = true), lost));
        Assert.Equal((0, false), (lost.Held, File.Exists(tool.At("c.fstack"))));
    }

    private static string Predicted(Outcome<NetResult> outcome) => outcome.Match(_ => "", failure => $"{failure}");

    private static NetTraining Training(int epochs = 4)
    {
        var stream = Seed.Of(1).Stream();
        var inputs =
            new Examples.Floats(new(6, 6, 1), EquatableArray.From(Enumerable.Range(0, 20 * 36).Select(_ => (float)stream.NextNormal())));
        return new(ReferenceNetwork.For(inputs.Shape, 2),
            new(new(inputs, new Target.Classes(["a", "b"], EquatableArray.From(Enumerable.Range(0, 20).Select(i => i % 2))))),
            new(epochs, 10), 1);
    }

    // Epochs are reported after the checkpoint is written.
    private Terminal Speaking(Action? atSecondEpoch = null) => new(TextWriter.Null, new Hearing(error, atSecondEpoch), json: true, default);

    private sealed class Hearing(StringWriter to, Action? atSecondEpoch) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            to.WriteLine(value);
            if (value?.StartsWith("epoch 2/") == true) atSecondEpoch?.Invoke();
        }
    }
}
