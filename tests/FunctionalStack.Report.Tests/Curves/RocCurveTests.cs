using FsCheck.Xunit;
using FunctionalStack.Reporting.Curves;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Curves;

[Properties(Arbitrary = [typeof(Samples)], MaxTest = 200)]
public class RocCurveTests
{
    // The sums are taken in another order than those of the metric.
    private const double Rounding = 1e-9;

    [Property]
    public void The_area_is_the_metric(Predicted rows)
    {
        if (!rows.HasBoth) return;
        Assert.Equal(ClassMetrics.RocAuc(rows.Truth, rows.Probabilities), Of(rows, null).Area, Rounding);
        Assert.Equal(ClassMetrics.RocAuc(rows.Truth, rows.Probabilities, rows.Weights), Of(rows, rows.Weights).Area, Rounding);
    }

    [Property]
    public void The_curve_goes_from_the_origin_to_one_and_never_back(Predicted rows)
    {
        if (!rows.HasBoth) return;
        var points = Of(rows, rows.Weights).Points;
        Assert.Equal((0.0, 0.0), points[0]);
        Assert.Equal((1.0, 1.0), points[^1]);
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.Second.False >= pair.First.False
            && pair.Second.True >= pair.First.True));
    }

    [Property]
    public void Thinning_keeps_the_area_within_its_bound_and_the_ends(Predicted rows)
    {
        if (!rows.HasBoth) return;
        foreach (var steps in new[] { 4, 25, 100 })
        {
            var (all, few) = (Of(rows, null), Of(rows, null).Thinned(steps));
            Assert.InRange(few.Area, all.Area - 1.0 / (2 * steps) - Rounding, all.Area + 1.0 / (2 * steps) + Rounding);
            Assert.Equal((all.Points[0], all.Points[^1]), (few.Points[0], few.Points[^1]));
            Assert.True(few.Points.Count <= Math.Min(all.Points.Count, 2 * steps + 2));
            Assert.Subset(all.Points.ToHashSet(), few.Points.ToHashSet());
        }
    }

    // The example of roc_curve in the documentation of scikit-learn, with drop_intermediate=False.
    [Fact]
    public void Points_are_scikit_learns()
    {
        var rows = new Predicted([.1, .4, .35, .8], [false, false, true, true], [1, 1, 1, 1]);
        Assert.Equal([(0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1), (1, 1)], Of(rows, null).Points);
        Assert.Equal(0.75, Of(rows, null).Area);
    }

    [Fact]
    public void Rows_of_one_class_have_no_curve() =>
        Assert.Null(RocCurve.Of(Scored.Of([.1, .2], [true, true])));

    private static RocCurve Of(Predicted rows, EquatableArray<double>? weights) => RocCurve.Of(Scored.Of(rows.Scores, rows.Positive,
        weights))!;
}
