using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Programs;

public class HalvingTests
{
    private static readonly NetworkPlan Plan = Small.Check().OrThrow();
    private static readonly Variables Fresh = Variables.Initial(Plan, Seed.Of(1));

    [Property(MaxTest = 50)]
    public void The_batch_is_halved_until_it_fits_and_no_further(ushort batch, ushort most)
    {
        var (asked, limit) = (batch % 1000 + 1, most % 1000 + 1);
        List<int> tried = [];
        var got = Halving.Largest(asked, size =>
        {
            tried.Add(size);
            return size <= limit ? size : throw new DeviceException("d", DeviceFault.OutOfMemory, "full");
        });
        Assert.InRange(got, 1, limit);
        Assert.Equal(tried, Enumerable.Range(0, tried.Count).Select(i => asked >> i));
        Assert.All(tried.SkipLast(1), size => Assert.True(size > limit));
    }

    [Theory]
    [InlineData(DeviceFault.OutOfMemory, 4)]
    [InlineData(DeviceFault.Lost, 1)]
    [InlineData(DeviceFault.Other, 1)]
    public void What_one_example_has_no_room_for_is_given_up_and_what_is_not_memory_at_once(DeviceFault fault, int tries)
    {
        var tried = 0;
        var thrown = Assert.Throws<DeviceException>(() => Halving.Largest<int>(8, _ =>
        {
            tried++;
            throw new DeviceException("d", fault, "no");
        }));
        Assert.Equal((fault, tries), (thrown.Fault, tried));
    }

    [Fact]
    public void Predictions_and_scores_are_the_same_bits_in_any_batch_that_fits()
    {
        using var host = new HostBackend(1);
        using var small =
            new SmallDevice(Compiler.ForMeasuring(Folding.Fold(Plan).Check().OrThrow(), 9, LossKind.SoftmaxCrossEntropy).Floats);
        var data = Classes(Small.Input, 70);
        Assert.Equal(
            Inference.Predict(host, Small, Fresh, data.Inputs, LossKind.SoftmaxCrossEntropy).OrThrow(),
            Inference.Predict(small, Small, Fresh, data.Inputs, LossKind.SoftmaxCrossEntropy).OrThrow());
        Assert.True(small.Asked.Count > 1);
        small.Asked.Clear();
        Assert.Equal(Inference.Score(host, Small, Fresh, data, batch: 8).OrThrow(),
            Inference.Score(small, Small, Fresh, data, batch: 64).OrThrow());
        Assert.Equal(4, small.Asked.Count);
        Assert.Equal(0, small.Held);
    }

    [Fact]
    public void A_device_without_room_for_one_example_says_so()
    {
        using var small = new SmallDevice(1);
        var full =
            Assert.Throws<DeviceException>(() =>
                Inference.Predict(small, Small, Fresh, Inputs(Small.Input, 5), LossKind.SoftmaxCrossEntropy));
        Assert.Equal((DeviceFault.OutOfMemory, "small:0"), (full.Fault, full.Device));
        Assert.Equal(3, small.Asked.Count);
    }

    /// <summary>A smaller batch would be a different training.</summary>
    [Theory]
    [InlineData(64, 16, "a batch of 16 fits")]
    [InlineData(63, 16, "a batch of 15 fits")]
    [InlineData(64, 0, "no batch fits, down to a single example")]
    public void A_training_batch_is_not_reduced_and_the_message_names_one_that_fits(int batch, int fitting, string predicted)
    {
        using var small = new SmallDevice(fitting == 0 ? 1 : Laid(fitting));
        var data = new TrainingData(Classes(Small.Input, 80));
        var full = Assert.Throws<DeviceException>(() => Training.Fit(small, Small, data, new TrainingOptions(1, batch), Seed.Of(1)));
        Assert.Equal(DeviceFault.OutOfMemory, full.Fault);
        Assert.Matches($"^small:0: out of memory: a training batch of {batch} needs \\d+ MiB; {predicted}$", full.Message);
        Assert.Equal(0, small.Held);

        static int Laid(int size) =>
            Compiler.ForTraining(Plan, size, LossKind.SoftmaxCrossEntropy, new Optimizer.Adam().Slots, new TrainingRun().Window).Floats;
    }

    [Fact]
    public void Examples_that_are_measured_while_training_are_taken_by_as_many_as_fit()
    {
        using var host = new HostBackend(1);
        var data = new TrainingData(Classes(Small.Input, 40), Test: Classes(Small.Input, 300, seed: 2));
        var needed =
            Compiler.ForTraining(Plan, 8, LossKind.SoftmaxCrossEntropy, new Optimizer.Adam().Slots, new TrainingRun().Window).Floats;
        using var small = new SmallDevice(needed);
        var (roomy, tight) = (Fit(host), Fit(small));
        AssertSameBits(roomy.Variables, tight.Variables);
        // The losses of batches are summed in another order.
        Assert.Equal(roomy.History[^1].Test!.Loss, tight.History[^1].Test!.Loss, 1e-6);
        Assert.Equal(roomy.History[^1].Test!.Accuracy, tight.History[^1].Test!.Accuracy);
        Assert.True(small.Asked.Count > 2);
        Assert.Equal(0, small.Held);

        TrainedNetwork Fit(IBackend backend) => Training.Fit(backend, Small, data, new TrainingOptions(2, 8), Seed.Of(1)).OrThrow();
    }

    [Fact]
    public void Losing_the_device_between_epochs_leaves_no_arena_open_and_the_checkpoint_good()
    {
        using var small = new SmallDevice();
        var (data, options) =
            (new TrainingData(Classes(Small.Input, 20), Test: Classes(Small.Input, 5, seed: 2)), new TrainingOptions(3, 8));
        List<Checkpoint> kept = [];
        var lost = Assert.Throws<DeviceException>(() => Training.Fit(small, Small, data, options, Seed.Of(1), new()
        {
            Checkpoints = at =>
            {
                kept.Add(at);
                small.Lost = at.Epoch == 2;
            },
        }));
        Assert.Equal((DeviceFault.Lost, 2, 0), (lost.Fault, kept.Count, small.Held));
        using var host = new HostBackend(1);
        Assert.Equal(Training.Fit(host, Small, data, options, Seed.Of(1), new() { Checkpoints = _ => { } }).OrThrow(),
            Training.Fit(host, Small, data, options, Seed.Of(1), new() { From = kept[^1] }).OrThrow());
    }

    [Fact]
    public void A_device_lost_while_an_arena_is_filled_leaves_none_open()
    {
        using var small = new SmallDevice { Lost = false };
        Assert.Throws<DeviceException>(() => InferenceSession.Open(new LostOnceOpened(small), Plan, Fresh, 2));
        Assert.Equal(0, small.Held);
        small.Lost = false;
        Assert.Throws<DeviceException>(() =>
            Training.Fit(new LostOnceOpened(small), Small, new(Classes(Small.Input, 20)), new TrainingOptions(1, 8), Seed.Of(1)));
        Assert.Equal(0, small.Held);
    }

    private sealed class LostOnceOpened(SmallDevice small) : IBackend
    {
        public string Id => small.Id;

        public string Name => small.Name;

        public ICompute Open(int floats)
        {
            var opened = small.Open(floats);
            small.Lost = true;
            return opened;
        }

        public void Dispose() => small.Dispose();
    }
}
