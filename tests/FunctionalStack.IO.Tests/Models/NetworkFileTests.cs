using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.IO.Tests.Models;

/// <summary>Nets and checkpoints in model files: law 8, and forged files.</summary>
public class NetworkFileTests
{
    private static readonly Network small =
        Network.Of(new(4, 4, 1), new Layer.Conv2D(2), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Flatten(), new Layer.Dense(2),
            new Layer.Softmax());

    [Property(Arbitrary = [typeof(NetworkFileTests)], MaxTest = 60)]
    public void A_checkpoint_comes_back_bit_for_bit(Checkpoint checkpoint)
    {
        var file = Bytes(checkpoint);
        var loaded = Read<Checkpoint>(file).OrThrow().Model;
        Assert.Equal(checkpoint, loaded);
        // Equality treats -0.0 as 0.0 and one NaN as another; the bytes do not.
        Assert.Equal(file, Bytes(loaded));
    }

    [Property(Arbitrary = [typeof(NetworkFileTests)], MaxTest = 60)]
    public void A_net_comes_back_bit_for_bit(Checkpoint checkpoint)
    {
        var model = new NetworkModel(checkpoint.Network, checkpoint.Variables, EquatableArray.Of("a", "b"), 255);
        var file = Bytes(model);
        Assert.Equal(model, Read<NetworkModel>(file).OrThrow().Model);
        Assert.Equal(file, Bytes(Read<NetworkModel>(file).OrThrow().Model));
    }

    [Fact]
    public void A_net_with_another_nets_numbers_is_refused()
    {
        // The record cannot be created, so the forger's catalogue has one that can.
        var forged = new Forged(small, new(EquatableArray.Of(1f, 2f), default), EquatableArray.Of("a", "b"), 255);
        var records = Records();
        using var stream = new MemoryStream();
        ModelFile.Write(stream, "net", forged, Saved.Card, records).OrThrow();
        var refusal = Read<NetworkModel>(stream.ToArray()).Match(_ => "", failure => $"{failure}");
        Assert.Contains("a 'network' cannot be created: 2 parameters and 0 moments, where the network has", refusal);

        static Catalogue Records() =>
            Catalogue.Empty.With(RecordTag.Of<Forged>("network")).With(RecordTag.Of<Network>("network.layers"))
                .With(RecordTag.Of<Variables>("network.variables")).With(RecordTag.Of<Neural.Shape>("network.shape"))
            .With(RecordTag.Of<Layer.Conv2D>("layer.conv2d")).With(RecordTag.Of<Layer.BatchNorm>("layer.batchNorm"))
            .With(RecordTag.Of<Layer.ReLU>("layer.relu")).With(RecordTag.Of<Layer.Flatten>("layer.flatten"))
            .With(RecordTag.Of<Layer.Dense>("layer.dense")).With(RecordTag.Of<Layer.Softmax>("layer.softmax"));
    }

    public sealed record Forged(Network Network, Variables Variables, EquatableArray<string> Levels, double Divisor);

    /// <summary>The manifest has the classes that inspect lists; the record has those that the net predicts.</summary>
    [Fact]
    public void A_manifest_that_names_other_classes_than_the_net_has_is_refused()
    {
        var variables = Variables.Initial(small.Check().OrThrow(), Seed.Of(1));
        var model = new NetworkModel(small, variables, EquatableArray.Of("a", "b"), 255);
        Assert.Equal("its manifest has 3 classes, but its network has 2 outputs",
            What<NetworkModel>(Bytes(model, Saved.Card with { Levels = ["a", "b", "c"] })));
        Assert.Equal("its manifest has the classes b, a, but its network has a, b",
            What<NetworkModel>(Bytes(model, Saved.Card with { Levels = ["b", "a"] })));
        var checkpoint = new Checkpoint(small, new(3, 2), Seed.Of(1), "data", 0, variables, new(0, default, default), default, null);
        Assert.Equal("its manifest has 3 classes, but its network has 2 outputs",
            What<Checkpoint>(Bytes(checkpoint, Saved.Card with { Levels = ["a", "b", "c"] })));
        Assert.Equal(model, Read<NetworkModel>(Bytes(model, Saved.Card with { Levels = default })).OrThrow().Model);

        using var folder = new TempFolder();
        File.WriteAllBytes(folder.At("m.fstack"), Bytes(model, Saved.Card with { Levels = ["a", "b", "c"] }));
        Assert.Contains("has 3 classes", ModelFile.Inspect(folder.At("m.fstack"), _ => true).Match(_ => "", failure => failure.What));

        static string What<T>(byte[] file) where T : class => Read<T>(file).Match(_ => "", failure => failure.What);
    }

    [Fact]
    public void A_net_is_no_model_of_tables()
    {
        var file = Bytes(new NetworkModel(small, Variables.Initial(small.Check().OrThrow(), Seed.Of(1)), EquatableArray.Of("a", "b")));
        Assert.Contains("a 'network' was found instead of a IModel", Saved.Refusal(file, Library.Catalogue).What);
    }

    /// <summary>The record "optimizer.state" as earlier versions wrote it.</summary>
    public sealed record FormerState(long Steps, EquatableArray<float> First, EquatableArray<float> Second);

    [Fact]
    public void An_optimizers_state_of_an_earlier_version_is_read()
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, "state", new FormerState(7, [1, 2], [3, 4]), Saved.Card,
            Catalogue.Empty.With(RecordTag.Of<FormerState>("optimizer.state"))).OrThrow();
        Assert.Equal(new OptimizerState(7, [1, 2], [3, 4]), Read<OptimizerState>(stream.ToArray()).OrThrow().Model);
    }

    /// <summary>Without this a network could be trained but not saved.</summary>
    [Theory]
    [InlineData(typeof(Layer))]
    [InlineData(typeof(Optimizer))]
    [InlineData(typeof(Schedule))]
    public void Every_case_of_the_unions_can_be_saved(Type union)
    {
        var cases = union.Assembly.GetTypes().Where(type => !type.IsAbstract && union.IsAssignableFrom(type)).ToArray();
        Assert.NotEmpty(cases);
        Assert.Empty(cases.Select(ModelRegistry.Default.WhyNot).OfType<string>());
    }

    public static Arbitrary<Checkpoint> Checkpoints() => (
        from network in Networks
        let plan = network.Check().OrThrow()
        from parameters in Floats(plan.ParameterCount)
        from moments in Floats(plan.MomentCount)
        from first in Floats(plan.ParameterCount)
        from optimizer in Gen.Elements<Optimizer?>(null, new Optimizer.Adam(0.1), new Optimizer.Sgd(0.1, 0.9, true), new Optimizer.AdamW(),
            new Optimizer.RmsProp(WeightDecay: 1e-4))
        from schedule in Gen.Elements<Schedule?>(null, new Schedule.Constant(), new Schedule.Step(2), new Schedule.Cosine(3),
            new Schedule.CosineWarmRestarts(1, 2))
        from loss in Gen.Elements<LossKind?>(null, LossKind.SoftmaxCrossEntropy, LossKind.SquaredError)
        from state in ArbMap.Default.GeneratorFor<ulong>()
        from steps in Gen.Choose(0, int.MaxValue)
        from scores in ModelGenerators.Doubles.ArrayOf(3)
        from stops in ArbMap.Default.GeneratorFor<bool>()
        let variables = new Variables(parameters, moments)
        select new Checkpoint(
            network, new(3, 2, optimizer, schedule, loss, stops, 0.25, stops ? new(2, 0.5) : null,
                Augmentation: steps % 2 == 0 ? new(scores[0], 10, scores[1]) : null), new Seed(state), "data", 1, variables,
            new(steps, first, default),
            EquatableArray.Of(new EpochRecord(1, new(scores[0], scores[1]), stops ? new(scores[2], null) : null)), stops
                ? new(1, scores[2], variables) : null)).ToArbitrary();

    private static Gen<Network> Networks { get; } =
        from pools in Gen.Elements<Layer>(new Layer.MaxPool2D(), new Layer.AveragePool2D(3, 1), new Layer.GlobalAveragePool(),
            new Layer.Tanh())
        from activation in Gen.Elements<Layer>(new Layer.ReLU(), new Layer.LeakyReLU(0.2), new Layer.Sigmoid(), new Layer.Dropout(0.25))
        from residual in Gen.Elements<Layer>(
            new Layer.Residual([new Layer.Conv2D(3, Padding: Padding.Same), new Layer.BatchNorm(1e-5, 0.9)]),
            new Layer.Residual([new Layer.Conv2D(2, 1)], [new Layer.Conv2D(2, 1, Bias: false)]),
            new Layer.BatchNorm())
        select Network.Of(new(6, 5, 2), new Layer.Conv2D(3, Bias: false), residual, activation, pools, new Layer.Flatten(),
            new Layer.Dense(2), new Layer.Softmax());

    // Any bits, including NaNs with payloads, -0.0 and subnormals.
    private static Gen<EquatableArray<float>> Floats(int count) =>
        Gen.Choose(int.MinValue, int.MaxValue).ArrayOf(count)
            .Select(bits => EquatableArray.Own(Array.ConvertAll(bits, BitConverter.Int32BitsToSingle)));

    private static byte[] Bytes(object model, ModelCard? card = null)
    {
        using var stream = new MemoryStream();
        ModelFile.Write(stream, "net", model, card ?? Saved.Card with { Levels = ["a", "b"] }).OrThrow();
        return stream.ToArray();
    }

    private static Outcome<(T Model, ModelCard Card)> Read<T>(byte[] bytes) where T : class =>
        ModelFile.Read<T>(new MemoryStream(bytes), "net");
}
