using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

/// <summary>Trees on targets at both ends of what a double holds.</summary>
public class TargetSizesTests
{
    private static readonly Frame frame =
        TreeCases.FrameOf([.. Enumerable.Range(0, 40).Select(i => (double)i)], [.. Enumerable.Range(0, 40).Select(i => i * 7 % 11.0)]);

    public static TheoryData<string, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            foreach (var learner in Learners.Keys)
                foreach (var unit in new[] { 5e-324, 2e-323, 1e-310, 1e-300, 1e299 }) cases.Add(learner, unit);
            return cases;
        }
    }

    /// <summary>Sums over trees would not be finite.</summary>
    [Theory]
    [InlineData("randomForest")]
    [InlineData("extraTrees")]
    [InlineData("gradientBoosting")]
    public void Greater_ones_are_refused_where_trees_are_summed(string learner)
    {
        var data = new Dataset(frame, new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 40).Select(i => i < 30 ? 1.0 : 8e307))));
        Assert.Equal(new Failure($"{learner}, row 31", "the target is 8E+307", "Give finite numbers of magnitude at most 1E+300."),
            Learners[learner].Fit(data, Seed.Of(1)).Match(_ => throw new InvalidOperationException(), failure => failure));
    }

    private static Dictionary<string, ILearner> Learners { get; } = new()
    {
        ["decisionTree"] = new DecisionTree(),
        ["randomForest"] = new RandomForest(Trees: 10),
        ["extraTrees"] = new ExtraTrees(Trees: 10),
        ["gradientBoosting"] = new GradientBoosting(Rounds: 20),
        ["stopped early"] = new GradientBoosting(Rounds: 20, Patience: 5, ValidationShare: 0.25),
        ["quantile"] = new GradientBoosting(Rounds: 20, Objective: BoostingObjective.Quantile),
        ["penalized"] = new GradientBoosting(Rounds: 20, Alpha: 0.1, Gamma: 0.1),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predictions_are_finite_and_lie_among_the_targets(string learner, double unit)
    {
        foreach (var sign in new[] { 1.0, -1 })
        {
            foreach (var numbers in new[] { Targets(i => i < 20 ? 0 : unit), Targets(i => i % 2 == 0 ? unit : -unit),
                Targets(i => i < 13 ? unit : 2 * unit) })
            {
                var signed = EquatableArray.From(numbers.Select(number => sign * number));
                var predicted = Learners[learner].Fit(new(frame, new Target.Numeric(signed)), Seed.Of(1)).OrThrow().Predict(frame).OrThrow()
                    .Numbers();
                var room = 0.5 * (signed.Max() / 2 - signed.Min() / 2);
                Assert.All(predicted,
                    number =>
                    Assert.InRange(number, Math.Max(signed.Min() - room, -double.MaxValue),
                        Math.Min(signed.Max() + room, double.MaxValue)));
            }
        }

        static EquatableArray<double> Targets(Func<int, double> of) => EquatableArray.From(Enumerable.Range(0, 40).Select(of));
    }
}
