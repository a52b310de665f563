using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Neural.Tests.Learners;

/// <summary>The learner laws for nets.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(NetLaws)], MaxTest = 25)]
public class NetLaws() : CatalogueLaws(All)
{
    private static EquatableArray<Known> All { get; } =
    [
        .. Known.Of(NetCatalogue.Of(Recipe.ForLinear)),
        new(Recipe.ForLinear.Then(new Net([4], Epochs: 2, Batch: 8)), true, true),
        new(Recipe.ForLinear.Then(new Net([3, 3], Activation: NetActivation.Tanh, BatchNorm: false, Dropout: 0.25, Epochs: 2,
            Optimizer: NetOptimizer.Nesterov, Patience: 1, ValidationShare: 0.3)), true, true),
        new(Recipe.ForLinear.Then(new Net([4], Epochs: 4, Batch: 8, Snapshots: 2)), true, true),
        new(new SelectColumns(["x0"]).Then(new Impute()).Then(new SelectColumns(["x0"]))
            .Then(new NetworkLearner(Network.Of(Shape.Vector(1)), new(1))), true, true),
    ];

    public static Arbitrary<Known> Learners() => Gen.Elements<Known>([.. All]).ToArbitrary();

    /// <summary>The laws must also be tested on fits that succeed.</summary>
    [Fact]
    public void A_third_of_the_random_data_at_least_can_be_fitted()
    {
        var samples = Arbitraries.Data().Generator.Sample(200, 50);
        Assert.All(All, known =>
            Assert.InRange(samples.Count(any => known.Learner.Fit(any.Data, Seed.Of(1)) is Outcome<Trained>.Ok), samples.Count() / 3,
                samples.Count()));
    }
}
