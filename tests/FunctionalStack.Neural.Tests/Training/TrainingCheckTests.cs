using FunctionalStack.Neural.Host;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Trainings;

/// <summary>Invalid trainings fail before the first step, with the place, the cause and a remedy.</summary>
public class TrainingCheckTests
{
    private static readonly TrainingOptions Options = new(2, 4);
    private static readonly LabelledExamples Data = Classes(Perceptron.Input, 12);

    [Theory]
    [InlineData(0, 4, 0.0, "epochs is 0")]
    [InlineData(1, 0, 0.0, "the batch is 0")]
    [InlineData(1, 13, 0.0, "only 12 training examples")]
    [InlineData(1, 12, 0.25, "training examples")]
    [InlineData(1, 4, 1.0, "the validation share is 1")]
    [InlineData(1, 4, -0.5, "the validation share is -0.5")]
    [InlineData(1, 4, double.NaN, "the validation share is NaN")]
    public void Options_out_of_range_are_refused(int epochs, int batch, double share, string what) =>
        Fails(what, Perceptron, Data, new(epochs, batch, ValidationShare: share));

    [Fact]
    public void So_are_the_parameters_of_optimizers_and_schedules()
    {
        Fails("rate is 0", Perceptron, Data, Options with { Optimizer = new Optimizer.Adam(0) });
        Fails("momentum is 1", Perceptron, Data, Options with { Optimizer = new Optimizer.Sgd(0.1, 1) });
        Fails("beta 2 is NaN", Perceptron, Data, Options with { Optimizer = new Optimizer.AdamW(Beta2: double.NaN) });
        Fails("epsilon is 0", Perceptron, Data, Options with { Optimizer = new Optimizer.RmsProp(Epsilon: 0) });
        Fails("weight decay is -1", Perceptron, Data, Options with { Optimizer = new Optimizer.Sgd(WeightDecay: -1) });
        Fails("floor of 2", Perceptron, Data, Options with { Schedule = new Schedule.Cosine(5, 2) });
        Fails("grow 0.5", Perceptron, Data, Options with { Schedule = new Schedule.CosineWarmRestarts(5, 0.5) });
        Fails("every 0 epochs", Perceptron, Data, Options with { Schedule = new Schedule.Step(0) });
    }

    [Theory]
    [InlineData(-1, 0, 0, "the shift is -1 pixels")]
    [InlineData(double.NaN, 0, 0, "the shift is NaN pixels")]
    [InlineData(5, 0, 0, "the shift is 5 pixels, but the images are 6 x 5 pixels")]
    [InlineData(0, -1, 0, "the rotation is -1 degrees")]
    [InlineData(0, 181, 0, "the rotation is 181 degrees")]
    [InlineData(0, 0, 1, "the zoom is 1")]
    [InlineData(0, 0, -0.1, "the zoom is -0.1")]
    public void So_are_the_ranges_of_an_augmentation(double shift, double rotation, double zoom, string what)
    {
        var (ranges, data) = (new Augmentation(shift, rotation, zoom), Classes(Small.Input, 12));
        Fails(what, Small, data, Options with { Augmentation = ranges });
        Assert.Contains(what, FailureOf(data.Inputs.Augmented(ranges, Seed.Of(1))).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_are_not_augmented()
    {
        var failure = Refused(Perceptron, Data, Options with { Augmentation = new(1) });
        Assert.Equal("augmentation changes images, but the network's input is a vector of 4 elements", failure.What);
        Assert.Equal(failure, FailureOf(Data.Inputs.Augmented(new(1), Seed.Of(1))));
    }

    [Fact]
    public void Early_stopping_needs_validation_examples_and_patience()
    {
        Fails("early stopping", Perceptron, Data, Options with { EarlyStopping = new(2) });
        Fails("patience is 0", Perceptron, Data, Options with { ValidationShare = 0.5, EarlyStopping = new(0) });
        Fails("and the validation share is 0.5 too", Perceptron, new(Data, Data), Options with { ValidationShare = 0.5 });
    }

    [Fact]
    public void One_value_per_channel_has_no_variance()
    {
        var network = Network.Of(Perceptron.Input, new Layer.Dense(5), new Layer.BatchNorm(), new Layer.Dense(3));
        var failure = Refused(network, Data, Options with { Batch = 1 });
        Assert.Equal("layer 2, BatchNorm", failure.Where);
        Assert.Contains("variance is 0", failure.What, StringComparison.Ordinal);
        Assert.Contains("m/(m-1)", failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_map_of_several_pixels_may_come_alone()
    {
        using var backend = new HostBackend(1);
        var network =
            Network.Of(new(2, 2, 1), new Layer.Conv2D(2, 2, 1, Padding.Same), new Layer.BatchNorm(), new Layer.Flatten(),
                new Layer.Dense(3));
        Assert.IsType<Outcome<TrainedNetwork>.Ok>(Training.Fit(backend, network, Classes(network.Input, 3), new TrainingOptions(1, 1),
            Seed.Of(1)));
    }

    /// <summary>By arithmetic alone: nothing of that size is allocated.</summary>
    [Fact]
    public void A_batch_that_no_arena_holds_is_refused_with_the_greatest_that_one_does()
    {
        var network = Network.Of(new(1, 1, 1), new Layer.Dense(1 << 20), new Layer.ReLU(), new Layer.Dense(2));
        var data = new LabelledExamples(new Examples.Bytes(network.Input, EquatableArray.From(Enumerable.Repeat((byte)1, 4000))),
            new Target.Classes(Levels(2), EquatableArray.From(Enumerable.Range(0, 4000).Select(i => i % 2))));
        using var backend = new HostBackend(1);
        var failure = FailureOf(Training.Fit(backend, network, data, new TrainingOptions(1, 4000), Seed.Of(1)));
        Assert.Equal(("training options", "batches of 4000 need more than the 2^31 elements that can be addressed"),
            (failure.Where, failure.What));
        var most = int.Parse(failure.Remedy.Split(' ')[^1].TrimEnd('.'));
        var plan = network.Check().OrThrow();
        Assert.InRange(most, 500, 2000);
        Assert.True(Compiler.ForTraining(plan, most, LossKind.SoftmaxCrossEntropy, 2, 20).Floats > 0);
        Assert.Throws<DeviceException>(() => Compiler.ForTraining(plan, most + 1, LossKind.SoftmaxCrossEntropy, 2, 20));
    }

    [Fact]
    public void A_last_batch_of_one_is_left_out_with_a_note_where_it_would_have_no_variance()
    {
        using var backend = new HostBackend(1);
        var network = Network.Of(Perceptron.Input, new Layer.Dense(5), new Layer.BatchNorm(), new Layer.Dense(3));
        var data = Classes(Perceptron.Input, 13);
        var trained = Assert.IsType<Outcome<TrainedNetwork>.Ok>(Training.Fit(backend, network, data, Options, Seed.Of(1)));
        Assert.Contains("left out", trained.Notes[0].What, StringComparison.Ordinal);
        Assert.Equal(6, trained.Value.Optimizer.Steps);
        Assert.Equal(8, Training.Fit(backend, Perceptron, data, Options, Seed.Of(1)).OrThrow().Optimizer.Steps);
    }

    [Fact]
    public void Targets_must_fit_the_output_and_the_loss()
    {
        Fails("4 classes", Perceptron, Classes(Perceptron.Input, 12, 4), Options);
        Fails("numbers, but the loss is softmax", Perceptron, Numbers(Perceptron.Input, 12),
            Options with { Loss = LossKind.SoftmaxCrossEntropy });
        Fails("one value per example", Perceptron, Numbers(Perceptron.Input, 12), Options);
        Fails("squared error", Perceptron, Data, Options with { Loss = LossKind.SquaredError });
        Fails("3 classes and 3 outputs", Perceptron, Data, Options with { Loss = LossKind.BinaryCrossEntropy });
        Assert.Equal("test examples: target", Refused(Perceptron, new(Data, Test: Classes(Perceptron.Input, 12, 2)), Options).Where);
    }

    [Fact]
    public void Inputs_must_fit_the_network_and_be_numbers()
    {
        Fails("their shape is 2x2x1", Perceptron, Classes(new(2, 2, 1), 12), Options);
        Fails("there are none", Perceptron, new(Data, Test: Data.Take([])), Options);
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var numbers = ((Examples.Floats)Data.Inputs).Numbers.ToArray();
            numbers[4 * 7 + 2] = bad;
            Assert.Equal("training examples: row 7",
                Refused(Perceptron, new LabelledExamples(new Examples.Floats(Perceptron.Input, EquatableArray.Of(numbers)), Data.Target),
                Options).Where);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        using var backend = new HostBackend(1);
        List<Checkpoint> taken = [];
        Training.Fit(backend, Perceptron, Data, Options, Seed.Of(1), new() { Checkpoints = taken.Add }).OrThrow();
        var other = Network.Of(Perceptron.Input, new Layer.Dense(4), new Layer.Tanh(), new Layer.Dense(3));
        Fails("network", other, Data, Options, 1, taken[0]);
        Fails($"a training with batch {Options.Batch}, not 6", Perceptron, Data, Options with { Batch = 6 }, 1, taken[0]);
        Fails("shuffle True, not False, early stopping off, not EarlyStopping", Perceptron, new(Data, Data),
            Options with { Shuffle = false, EarlyStopping = new(2) }, 1, taken[0]);
        Fails("augmentation Augmentation { Shift = 1", Small, Classes(Small.Input, 12), Options, 1,
            Of(Small, Options with { Augmentation = new(1) }));
        Fails("it is at epoch 2, but epochs is 1", Perceptron, Data, Options with { Epochs = 1 }, 1, taken[1]);
        Fails("another seed", Perceptron, Data, Options, 2, taken[0]);
        Fails("other examples", Perceptron, Classes(Perceptron.Input, 12, seed: 2), Options, 1, taken[0]);
        Fails("other examples", Perceptron, new(Data, Data), Options, 1, taken[0]);
        Fails("do not fit together", Perceptron, Data, Options, 1, taken[0] with { Epoch = 2 });

        Checkpoint Of(Network network, TrainingOptions options)
        {
            List<Checkpoint> all = [];
            Training.Fit(backend, network, Classes(network.Input, 12), options, Seed.Of(1), new() { Checkpoints = all.Add }).OrThrow();
            return all[0];
        }
    }

    [Fact]
    public void More_epochs_may_be_trained_from_a_checkpoint()
    {
        using var backend = new HostBackend(1);
        List<Checkpoint> taken = [];
        Training.Fit(backend, Perceptron, Data, Options, Seed.Of(1), new() { Checkpoints = taken.Add }).OrThrow();
        var longer = Options with { Epochs = 4 };
        Assert.Equal(Training.Fit(backend, Perceptron, Data, longer, Seed.Of(1)),
            Training.Fit(backend, Perceptron, Data, longer, Seed.Of(1), new() { From = taken[^1] }));
    }

    [Fact]
    public void What_is_left_out_of_the_options_is_its_default()
    {
        using var backend = new HostBackend(1);
        var (silent, predicted) =
            (new TrainingOptions(3, 5),
                new TrainingOptions(3, 5, new Optimizer.Adam(), new Schedule.Constant(), LossKind.SoftmaxCrossEntropy));
        foreach (var (first, then) in new[] { (silent, predicted), (predicted, silent) })
        {
            List<Checkpoint> taken = [];
            var whole = Training.Fit(backend, Perceptron, Data, first, Seed.Of(1), new() { Checkpoints = taken.Add }).OrThrow();
            Assert.Equal(whole, Training.Fit(backend, Perceptron, Data, then, Seed.Of(1), new() { From = taken[0] }).OrThrow());
        }
    }

    private static void Fails(string what, Network network, TrainingData data, TrainingOptions options, int seed = 1,
        Checkpoint? from = null) =>
        Assert.Contains(what, Refused(network, data, options, seed, from).What, StringComparison.Ordinal);

    private static Failure Refused(Network network, TrainingData data, TrainingOptions options, int seed = 1, Checkpoint? from = null)
    {
        using var backend = new HostBackend(1);
        return FailureOf(Training.Fit(backend, network, data, options, Seed.Of(seed), new() { From = from }));
    }
}
