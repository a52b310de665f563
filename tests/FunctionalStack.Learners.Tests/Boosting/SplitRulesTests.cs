using Xunit;

namespace FunctionalStack.Learners.Tests;

public class SplitRulesTests
{
    // Two splits of these rows, one with missing values on the left and one with them on the right, gain the same in every round.
    private static readonly double[] Numbers = [-4, -0.5, 4, 4, -662.2, -0.5, double.NaN];
    private static readonly int[] Codes = [1, 1, 0, 0, 1, 0, 1];
    private static readonly int[] Weights = [2, 1, 2, 1, 2, 1, 2];

    [Fact]
    public void Splits_of_equal_gain_are_not_decided_by_rounding()
    {
        var data =
            new Dataset(Frame.Of(("x", (Column)new Column.Numeric(EquatableArray.Own(Numbers)))),
                new Target.Classes(["d", "c"], EquatableArray.Own(Codes)));
        var repeated = data.Take(EquatableArray.From(Weights.SelectMany((count, row) => Enumerable.Repeat(row, count))));
        var weighted = data.WithFrequencies(EquatableArray.From(Weights.Select(weight => (double)weight)));
        Assert.Equal(Structure(weighted), Structure(repeated));
    }

    [Theory]
    [InlineData(1, 1 - 1e-8, true)]
    [InlineData(1, 1 - 1e-5, false)]
    [InlineData(0, 0, false)]
    public void A_child_may_fall_short_of_the_least_weight_by_rounding_only(double least, double weight, bool allowed) =>
        Assert.Equal(allowed, new SplitRules(1, 0, 0, least, 10).Allows(weight, 5));

    private static IEnumerable<(EquatableArray<int>, EquatableArray<int>, EquatableArray<byte>)> Structure(Dataset data)
    {
        var model = Assert.IsType<GradientBoostingModel>(new GradientBoosting(5).Fit(data, Seed.Of(1)).OrThrow().Model);
        return model.Trees.Select(tree => (tree.Feature, tree.Code, tree.MissingLeft)).ToArray();
    }
}
