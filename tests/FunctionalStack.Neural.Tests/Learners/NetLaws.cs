using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Neural.Tests.Learners;

/// <summary>The learner laws for nets.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(NetLaws)], MaxTest = 25)]
public class NetLaws() : LearnerLaws(All)
{
    private static Values<Known> All { get; } =
    [
        new(Recipe.ForLinear.Then(new Net([4], Epochs: 2, Batch: 8)), true, true),
        new(Recipe.ForLinear.Then(new Net([3, 3], Activation: NetActivation.Tanh, BatchNorm: false, Dropout: 0.25, Epochs: 2, Optimizer: NetOptimizer.Nesterov, Patience: 1, ValidationShare: 0.3)), true, true),
        new(new SelectColumns(["x0"]).Then(new Impute()).Then(new SelectColumns(["x0"])).Then(new NetworkLearner(Network.Of(Shape.Vector(1)), new(1))), true, true),
    ];

    public static Arbitrary<Known> Learners() => Gen.Elements<Known>([.. All]).ToArbitrary();
}
