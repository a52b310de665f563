using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Trainings;

public class AugmentationTests
{
    private static readonly Augmentation Ranges = new(1.5, 20, 0.2);
    private static readonly TrainingOptions Options = new(2, 8, Moments: MomentsKind.Moving);

    [Property]
    public void Ranges_of_0_change_no_image_bit_for_bit(byte height, byte width, byte channels, byte seed)
    {
        var images = Inputs(new(height % 7 + 1, width % 7 + 2, channels % 3 + 1), 5, seed);
        AssertSameBits(images.Numbers, Augmented(images, new(), Seed.Of(seed)));
    }

    [Property(MaxTest = 10)]
    public void Ranges_of_0_change_no_training_bit_for_bit(byte seed)
    {
        using var backend = new HostBackend(1);
        var data = Classes(Small.Input, 20);
        var plain = Training.Fit(backend, Small, data, Options, Seed.Of(seed)).OrThrow();
        AssertSameBits(plain.Variables,
            Training.Fit(backend, Small, data, Options with { Augmentation = new() }, Seed.Of(seed)).OrThrow().Variables);
    }

    [Property]
    public void An_image_depends_on_its_seed_alone(byte seed, byte shift, byte rotation, byte zoom)
    {
        var (ranges, from) = (new Augmentation(1 + shift % 3, rotation % 181, zoom / 256.0), Seed.Of(seed));
        var images = Inputs(new(6, 7, 2), 4, seed);
        var all = Augmented(images, ranges, from);
        AssertSameBits(all, Augmented(images, ranges, from));
        Assert.NotEqual(all, Augmented(images, ranges, Seed.Of(seed + 1)));
        for (var row = 0; row < 4; row++)
        {
            var alone = new float[84];
            ranges.Apply(images.Shape, images.Numbers.AsSpan().Slice(row * 84, 84), alone, from.Fork(row));
            AssertSameBits(EquatableArray.Of(alone), EquatableArray.From(all.Skip(row * 84).Take(84)));
        }
    }

    [Property]
    public void Changes_are_within_the_ranges_and_one_range_does_not_change_the_draws_of_another(byte seed, byte shift, byte rotation,
        byte zoom)
    {
        var ranges = new Augmentation(shift / 10.0, rotation % 181, zoom / 256.0);
        var change = Affine.Of(ranges, Seed.Of(seed));
        Assert.InRange(change.Right, -ranges.Shift, ranges.Shift);
        Assert.InRange(change.Down, -ranges.Shift, ranges.Shift);
        Assert.InRange(change.Degrees, -ranges.Rotation, ranges.Rotation);
        Assert.InRange(change.Factor, 1 - ranges.Zoom, 1 + ranges.Zoom);
        Assert.Equal(new(change.Right, change.Down), Affine.Of(new(ranges.Shift), Seed.Of(seed)));
        Assert.Equal(new(Degrees: change.Degrees), Affine.Of(new(Rotation: ranges.Rotation), Seed.Of(seed)));
        Assert.Equal(new(Factor: change.Factor), Affine.Of(new(Zoom: ranges.Zoom), Seed.Of(seed)));
    }

    /// <summary>The labels do not change, and the images are those of <see cref="Augmenting.Augmented"/>.</summary>
    [Property(MaxTest = 10)]
    public void An_augmented_epoch_is_an_epoch_of_augmented_images_bit_for_bit(byte seed)
    {
        using var backend = new HostBackend(1);
        var (data, from, once) = (Classes(Small.Input, 21), Seed.Of(seed), Options with { Epochs = 1 });
        var images = data.Inputs.Augmented(Ranges, from.Fork("epoch").Fork(1).Fork("augmentation")).OrThrow();
        var given = Training.Fit(backend, Small, new LabelledExamples(images, data.Target), once, from).OrThrow();
        var drawn = Training.Fit(backend, Small, data, once with { Augmentation = Ranges }, from).OrThrow();
        AssertSameBits(given.Variables, drawn.Variables);
        Assert.Equal(given.History, drawn.History);
    }

    [Property(MaxTest = 5)]
    public void The_number_of_threads_changes_nothing(byte seed)
    {
        using HostBackend one = new(1), three = new(3);
        TrainedNetwork On(HostBackend backend) => Training.Fit(backend, Small, Classes(Small.Input, 30),
            Options with { Augmentation = Ranges }, Seed.Of(seed)).OrThrow();
        AssertSameBits(On(one).Variables, On(three).Variables);
    }

    [Fact]
    public void Each_epoch_has_new_images_and_scored_images_are_never_augmented()
    {
        using var backend = new HostBackend(1);
        var (data, held) = (Classes(Small.Input, 24), Classes(Small.Input, 9, seed: 2));
        List<Checkpoint> taken = [];
        var options = Options with { Augmentation = Ranges, Optimizer = new Optimizer.Sgd(1e-30), Shuffle = false, Epochs = 3 };
        var trained = Training.Fit(backend, WithoutDropout, new(data, held, held), options, Seed.Of(1),
            new() { Checkpoints = taken.Add }).OrThrow();

        // The parameters do not move, so a new training loss is due to new images.
        Assert.Equal(3, trained.History.Select(record => record.Training.Loss).Distinct().Count());
        foreach (var (record, at) in trained.History.Zip(taken))
        {
            // The loss by its definition, up to the rounding of float32 probabilities and sums.
            var outputs = Inference.Predict(backend, WithoutDropout, at.Variables, held.Inputs, LossKind.SoftmaxCrossEntropy).OrThrow();
            var loss = ((Target.Classes)held.Target).Codes.Index().Average(row => -Math.Log(outputs.Row(row.Index)[row.Item]));
            Assert.Equal(loss, record.Test!.Loss, 1e-5);
            Assert.Equal(record.Test, record.Validation);
        }
    }

    private static Network WithoutDropout { get; } = Network.Of(
        Small.Input, new Layer.Conv2D(3), new Layer.ReLU(), new Layer.Flatten(), new Layer.Dense(3), new Layer.Softmax());

    private static EquatableArray<float> Augmented(Examples images, Augmentation ranges, Seed seed) =>
        ((Examples.Floats)images.Augmented(ranges, seed).OrThrow()).Numbers;
}
