using FunctionalStack.Cli.Options;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Cli.Tests.Options;

public class FitTimesTests
{
    // The bases need more memory than the meta-learner.
    private const int Columns = 10;

    private static readonly Dataset data = new(
        Frame.Of([.. Enumerable.Range(0, Columns).Select(column =>
            ($"x{column}", (Column)Column.Numeric.Of([.. Enumerable.Range(0, 24).Select(row => (row * (column + 3)) % 7.0)])))]),
        new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 24).Select(row => row % 5.0))));

    private static Stack Of(Combine combine, params string[] names) => new(
        EquatableArray.From(names.Select(name => new Base(name, new KNearestNeighbors(2)))), new ConvexWeights(), new FoldPlan.KFold(2),
        combine);

    [Theory]
    [InlineData(Combine.Average)]
    [InlineData(Combine.Refit)]
    public void Each_model_of_an_evaluation_has_the_cost_of_its_fits_and_no_result_changes(Combine combine)
    {
        var (times, stack) = (new FitTimes(), Of(combine, "near", "near: other", "near, fold"));
        var found = times.Around(Executor.Threads(2)).Evaluate(stack, data, new FoldPlan.KFold(3), Seed.Of(1)).OrThrow();
        Assert.Equal(Executor.Inline.Evaluate(stack, data, new FoldPlan.KFold(3), Seed.Of(1)).OrThrow(), found);
        var costs = times.OfEvaluation(found.Models, 3, combine == Combine.Refit)!;
        Assert.Equal(["near", "near, fold", "near: other", "stack"], costs.Keys.Order(StringComparer.Ordinal));
        // The largest fit of a base has two thirds of the rows. Without refits, that of the stack has half of these.
        Assert.All(costs.Where(one => one.Key != "stack"), one => Assert.Equal(Bytes(16), one.Value.Bytes));
        Assert.Equal(Bytes(combine == Combine.Refit ? 16 : 8), costs["stack"].Bytes);

        long Bytes(int rows) => MemoryEstimate.Of(new KNearestNeighbors(2), rows, Columns, data.Target);
    }

    [Fact]
    public void A_fit_is_measured_as_well()
    {
        var times = new FitTimes();
        var fitted = times.Around(Executor.Inline).Fit(Of(Combine.Average, "a", "b"), data, Seed.Of(1)).OrThrow();
        Assert.Equal(["a", "b", "stack"], times.OfFit(fitted.Scores)!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_measured_fits_there_are_no_costs()
    {
        var found = Executor.Inline.Evaluate(Of(Combine.Average, "a"), data, new FoldPlan.KFold(2), Seed.Of(1)).OrThrow();
        Assert.Null(new FitTimes().OfEvaluation(found.Models, 2, refits: false));
    }
}
