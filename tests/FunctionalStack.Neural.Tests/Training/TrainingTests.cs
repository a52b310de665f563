using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Trainings;

public class TrainingTests
{
    private static readonly TrainingOptions Options = new(Epochs: 3, Batch: 8);

    [Property(MaxTest = 20)]
    public void Interrupted_then_resumed_is_uninterrupted_bit_for_bit(byte stop, byte optimizer, byte schedule, bool early, bool split,
        bool augmented, byte seed)
    {
        using var backend = new HostBackend(1);
        var options = new TrainingOptions(
            4, 8,
            new Optimizer[] { new Optimizer.Adam(), new Optimizer.Sgd(0.05, 0.9, true, 1e-3), new Optimizer.AdamW(),
                new Optimizer.RmsProp(), new Optimizer.Sgd() }[optimizer % 5],
            new Schedule[] { new Schedule.Constant(), new Schedule.Step(2), new Schedule.Cosine(4),
                new Schedule.CosineWarmRestarts(1, 2) }[schedule % 4],
            ValidationShare: split || early ? 0.25 : 0,
            EarlyStopping: early ? new(2) : null,
            Augmentation: augmented ? new(1, 20, 0.2) : null);
        var (data, from) = (new TrainingData(Classes(Small.Input, 30), Test: Classes(Small.Input, 7, seed: 2)), Seed.Of(seed));
        List<Checkpoint> taken = [];
        var whole = Training.Fit(backend, Small, data, options, from, new() { Checkpoints = taken.Add }).OrThrow();
        List<Checkpoint> later = [];
        var checkpoint = taken[stop % taken.Count];
        var resumed = Training.Fit(backend, Small, data, options, from, new() { From = checkpoint, Checkpoints = later.Add }).OrThrow();
        AssertSameBits(whole.Variables, resumed.Variables);
        AssertSameBits(whole.Optimizer, resumed.Optimizer);
        Assert.Equal(whole, resumed);
        Assert.Equal(taken.Skip(checkpoint.Epoch), later);
    }

    [Property(MaxTest = 20)]
    public void Pure_steps_are_the_sessions_steps_bit_for_bit(byte count, byte rows, byte optimizer, byte seed)
    {
        using var backend = new HostBackend(1);
        Optimizer by =
            new Optimizer[] { new Optimizer.Adam(WeightDecay: 0.1), new Optimizer.Sgd(0.1, 0.9), new Optimizer.Sgd(),
                new Optimizer.RmsProp() }[optimizer % 4];
        var (plan, batch, from) = (Small.Check().OrThrow(), Classes(Small.Input, rows % 5 + 2), Seed.Of(seed));
        var (variables, state) = (Variables.Initial(plan, from), OptimizerState.Initial(by, plan.ParameterCount));
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, by, 9);
        session.Load(variables, state);
        var buffer =
            new BatchBuffer(batch.Inputs, Targets.Of(batch.Target, LossKind.SoftmaxCrossEntropy, plan.Output).OrThrow(), batch.Count);
        buffer.Gather(0, batch.Count);
        for (var step = 0; step <= count % 4; step++)
        {
            var pure =
                Training.Step(backend, plan, LossKind.SoftmaxCrossEntropy, by, variables, state, batch, 1 / (step + 1.0), from.Fork(step))
                    .OrThrow();
            var metrics = session.Step(buffer.Inputs, buffer.Targets, 1 / (step + 1.0), from.Fork(step));
            (variables, state) = (pure.Variables, pure.Optimizer);
            Assert.Equal(metrics, pure.Metrics);
            AssertSameBits(session.Variables, variables);
            AssertSameBits(session.State, state);
        }
    }

    [Fact]
    public void Listening_changes_nothing_and_neither_does_the_number_of_threads()
    {
        using HostBackend one = new(1), two = new(2);
        var data = new TrainingData(Classes(Small.Input, 20), Classes(Small.Input, 6, seed: 3));
        var silent = Training.Fit(one, Small, data, Options, Seed.Of(1)).OrThrow();
        List<TrainingProgress> heard = [];
        List<EpochEnd> ends = [];
        var listened =
            Training.Fit(two, Small, data, Options, Seed.Of(1),
                new()
                {
                    Progress = new Now(heard.Add),
                    Every = 2,
                    Clock = TimeProvider.System,
                    EpochEnded = ends.Add,
                    Checkpoints = _ => { }
                }).OrThrow();
        AssertSameBits(silent.Variables, listened.Variables);
        Assert.Equal(silent, listened);
        Assert.Equal([(1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3)], heard.Select(progress => (progress.Epoch, progress.Step)));
        Assert.All(heard, progress => Assert.True(progress is { Epochs: 3, Steps: 3, ExamplesPerSecond: > 0 }));
        Assert.Equal(TimeSpan.Zero, heard[^1].Left);
        Assert.Equal(silent.History, EquatableArray.From(ends.Select(end => end.Record)));
    }

    [Fact]
    public void Another_seed_trains_another_network()
    {
        using var backend = new HostBackend(1);
        var data = Classes(Perceptron.Input, 16);
        Assert.NotEqual(Training.Fit(backend, Perceptron, data, Options, Seed.Of(1)).OrThrow().Variables,
            Training.Fit(backend, Perceptron, data, Options, Seed.Of(2)).OrThrow().Variables);
    }

    [Fact]
    public void A_network_learns_what_can_be_learned()
    {
        using var backend = new HostBackend(1);
        var trained =
            Training.Fit(backend, Perceptron, new(Classes(Perceptron.Input, 600), Test: Classes(Perceptron.Input, 300, seed: 2)),
                new(30, 16, new Optimizer.Adam(0.01)), Seed.Of(1)).OrThrow();
        Assert.InRange(trained.History[^1].Test!.Accuracy!.Value, 0.93, 1);
        Assert.InRange(trained.History[^1].Training.Loss, 0, trained.History[0].Training.Loss / 3);
        Assert.Equal(Enumerable.Range(1, 30), trained.History.Select(record => record.Epoch));
    }

    [Fact]
    public void A_numeric_target_is_learned_by_squared_error_and_has_no_accuracy()
    {
        using var backend = new HostBackend(1);
        var network = Network.Of(Shape.Vector(2), new Layer.Dense(8), new Layer.Tanh(), new Layer.Dense(1));
        var trained =
            Training.Fit(backend, network, Numbers(network.Input, 400),
                new TrainingOptions(40, 16, new Optimizer.Adam(0.01), ValidationShare: 0.25), Seed.Of(1)).OrThrow();
        Assert.InRange(trained.History[^1].Validation!.Loss, 0, 0.02);
        Assert.Null(trained.History[^1].Training.Accuracy);
    }

    [Fact]
    public void Early_stopping_gives_back_the_epoch_of_the_lowest_validation_loss()
    {
        using var backend = new HostBackend(1);

        // Labels of pure noise: the validation loss rises when the net begins to overfit.
        var (train, validation) = (Noise(24, 1), Noise(24, 2));
        var options = new TrainingOptions(60, 8, new Optimizer.Adam(0.02), EarlyStopping: new(3));
        var stopped = Training.Fit(backend, Perceptron, new(train, validation), options, Seed.Of(4)).OrThrow();
        var losses = stopped.History.Select(record => record.Validation!.Loss).ToArray();
        Assert.InRange(stopped.History.Count, 4, 59);
        Assert.Equal(Array.IndexOf(losses, losses.Min()) + 1, stopped.Epoch);
        Assert.Equal(stopped.History.Count, stopped.Epoch + 3);
        Assert.Equal(losses.Min(), Inference.Score(backend, Perceptron, stopped.Variables, validation).OrThrow().Loss);
        var all =
            Training.Fit(backend, Perceptron, new(train, validation), options with { EarlyStopping = null, Epochs = stopped.Epoch },
                Seed.Of(4)).OrThrow();
        AssertSameBits(all.Variables, stopped.Variables);

        static LabelledExamples Noise(int count, int seed)
        {
            var stream = Seed.Of(seed + 10).Stream();
            return new(Inputs(Perceptron.Input, count, seed),
                new Target.Classes(Levels(3), EquatableArray.From(Enumerable.Range(0, count).Select(_ => stream.Next(3)).ToArray())));
        }
    }

    [Fact]
    public void A_validation_share_is_a_share_of_every_class_that_no_step_sees()
    {
        using var backend = new HostBackend(1);
        var (data, seed) = (Classes(Perceptron.Input, 40), Seed.Of(3));
        var split = Training.Fit(backend, Perceptron, data, Options with { ValidationShare = 0.25 }, seed).OrThrow();
        var fold = new FoldPlan.Validation(0.25, seed.Fork("validation")).Split(new(data.Target)).OrThrow()[0];
        var given = Training.Fit(backend, Perceptron, new(data.Take(fold.Train), data.Take(fold.Holdout)), Options, seed).OrThrow();
        Assert.Equal(given, split);
    }

    /// <summary>After few steps moving averages are mostly their initial values. The returned, saved and scored net then uses population
    /// moments.</summary>
    [Theory]
    [InlineData(MomentsKind.Auto, 3, MomentsKind.Population)]
    [InlineData(MomentsKind.Auto, 120, MomentsKind.Moving)]
    [InlineData(MomentsKind.Moving, 3, MomentsKind.Moving)]
    [InlineData(MomentsKind.Population, 120, MomentsKind.Population)]
    public void Moving_averages_that_have_not_converged_are_replaced_by_population_moments(MomentsKind asked, int epochs, MomentsKind given)
    {
        using var backend = new HostBackend(1);
        var network = Network.Of(Perceptron.Input, new Layer.Dense(5), new Layer.BatchNorm(), new Layer.Dense(3));
        var (train, held) = (Classes(Perceptron.Input, 40), Classes(Perceptron.Input, 20, seed: 2));
        var outcome = Training.Fit(backend, network, new(train, held, held), new(epochs, 8, Moments: asked), Seed.Of(1));
        var trained = outcome.OrThrow();
        Assert.Equal(given, trained.Moments);
        Assert.Equal(trained.History[^1].Validation, Inference.Score(backend, network, trained.Variables, held).OrThrow());
        Assert.Equal(trained.History[^1].Test, trained.History[^1].Validation);
        var population = (trained.Variables with { Moments = trained.MovingMoments }).WithPopulationMoments(backend, network, train.Inputs,
            Seed.Of(1).Fork("population moments"), 8).OrThrow();
        if (given == MomentsKind.Population) AssertSameBits(population, trained.Variables);
        else AssertSameBits(trained.MovingMoments, trained.Variables.Moments);
        Assert.Equal(asked == MomentsKind.Auto && given == MomentsKind.Population
            ? ["after 15 steps 86% of the moving averages is still their initial value, so the net uses the population moments of all "
                + "training examples"] : [], outcome.Notes.Select(note => note.What));

        // The steps are the same for either kind of moments.
        AssertSameBits(Training.Fit(backend, network, train, new(epochs, 8, Moments: MomentsKind.Moving),
            Seed.Of(1)).OrThrow().MovingMoments, trained.MovingMoments);
    }

    [Fact]
    public void Early_stopping_uses_the_net_that_is_returned()
    {
        using var backend = new HostBackend(1);
        var network = Network.Of(Perceptron.Input, new Layer.Dense(5), new Layer.BatchNorm(), new Layer.Dense(3));
        var (train, held) = (Classes(Perceptron.Input, 40), Classes(Perceptron.Input, 20, seed: 2));
        var trained = Training.Fit(backend, network, new(train, held), new(6, 8, EarlyStopping: new(2)), Seed.Of(1)).OrThrow();
        Assert.Equal(MomentsKind.Population, trained.Moments);
        Assert.Equal(trained.History.Min(record => record.Validation!.Loss),
            Inference.Score(backend, network, trained.Variables, held).OrThrow().Loss);
    }

    [Fact]
    public void Weights_multiply_losses_and_only_their_ratios_count()
    {
        using var backend = new HostBackend(1);
        var data = Classes(Perceptron.Input, 24);
        var plain = Training.Fit(backend, Perceptron, data, Options, Seed.Of(1)).OrThrow();
        Assert.Equal(plain, Training.Fit(backend, Perceptron, Weighing(_ => 0.3), Options, Seed.Of(1)).OrThrow());
        Assert.NotEqual(plain.Variables,
            Training.Fit(backend, Perceptron, Weighing(row => 1 + row % 2), Options, Seed.Of(1)).OrThrow().Variables);
        var without = Training.Fit(backend, Perceptron, data.Take(EquatableArray.Range(16)), Options, Seed.Of(1)).OrThrow();
        Assert.Equal(without, Training.Fit(backend, Perceptron, Weighing(row => row < 16 ? 1 : 0), Options, Seed.Of(1)).OrThrow());
        Assert.Contains("negative", FailureOf(Training.Fit(backend, Perceptron, Weighing(_ => -1), Options, Seed.Of(1))).What,
            StringComparison.Ordinal);

        // A row of weight 3 is scored as three rows of weight 1.
        var thrice = data.Take([0, 0, 0, .. Enumerable.Range(1, 23)]);
        Assert.Equal(Inference.Score(backend, Perceptron, plain.Variables, thrice).OrThrow().Loss,
            Inference.Score(backend, Perceptron, plain.Variables, Weighing(row => row == 0 ? 3 : 1)).OrThrow().Loss, 1e-6);

        LabelledExamples Weighing(Func<int, double> weight) =>
            new(data.Inputs, new Roles(data.Target, EquatableArray.From(Enumerable.Range(0, 24).Select(weight))));
    }

    [Fact]
    public void Resuming_with_other_test_examples_gives_a_note()
    {
        using var backend = new HostBackend(1);
        var (train, test, other) = (Classes(Perceptron.Input, 24), Classes(Perceptron.Input, 9, seed: 2),
            Classes(Perceptron.Input, 9, seed: 3));
        var kept = new List<Checkpoint>();
        Training.Fit(backend, Perceptron, new(train, Test: test), Options, Seed.Of(1), new() { Checkpoints = kept.Add }).OrThrow();
        Assert.Empty(On(test).Notes);
        Assert.Contains("other test examples", Assert.Single(On(other).Notes).What, StringComparison.Ordinal);
        Assert.Equal(On(test).OrThrow().Variables, On(other).OrThrow().Variables);

        Outcome<TrainedNetwork> On(LabelledExamples examples) =>
            Training.Fit(backend, Perceptron, new(train, Test: examples), Options, Seed.Of(1), new() { From = kept[1] });
    }

    [Fact]
    public void Cancelling_stops_between_steps()
    {
        using var backend = new HostBackend(1);
        using var source = new CancellationTokenSource();
        var steps = 0;
        var run = new TrainingRun
        {
            Every = 1,
            Cancellation = source.Token,
            Progress = new Now(_ =>
            {
                if (++steps == 7) source.Cancel();
            }),
        };
        Assert.Throws<OperationCanceledException>(() =>
            Training.Fit(backend, Perceptron, Classes(Perceptron.Input, 40), Options, Seed.Of(1), run));
        Assert.Equal(7, steps);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_and_names_where_it_arose()
    {
        using var backend = new HostBackend(1);
        var network =
            Network.Of(Shape.Vector(4), new Layer.Dense(5), new Layer.ReLU(), new Layer.Dense(5), new Layer.ReLU(), new Layer.Dense(3));
        var failure =
            FailureOf(Training.Fit(backend, network, Classes(network.Input, 40), Options with { Optimizer = new Optimizer.Sgd(1e30) },
                Seed.Of(1)));

        // After the first step kernels of about 1e30 meet: the product in layer 3 is beyond float32.
        Assert.Equal("epoch 1, step 2 of 5, layer 3, Dense(5)", failure.Where);
        Assert.Contains("lower learning rate", failure.Remedy, StringComparison.Ordinal);
    }

    /// <summary>No later step checks the update of the last one.</summary>
    [Fact]
    public void Parameters_that_overflow_in_the_last_step_fail_and_are_not_returned()
    {
        using var backend = new HostBackend(1);
        var network =
            Network.Of(Shape.Vector(4), new Layer.Dense(5), new Layer.ReLU(), new Layer.Dense(5), new Layer.ReLU(), new Layer.Dense(3));
        var data = Classes(network.Input, 40);
        Failure After(double rate, TrainingData data) =>
            FailureOf(Training.Fit(backend, network, data, new TrainingOptions(1, 40, new Optimizer.Sgd(rate)), Seed.Of(1)));
        Assert.Equal(new("epoch 1, layer 1, Dense(5), kernel", "it holds a number that is not finite",
            "Use a lower learning rate, and check the scale of the inputs."), After(1e300, data));
        Assert.Equal(("epoch 1, test examples", "the loss is NaN"),
            (After(1e30, new(data, Test: data)).Where, After(1e30, new(data, Test: data)).What));
        Assert.Equal("epoch 1, validation examples", After(1e30, new(data, data, data)).Where);
    }
}
