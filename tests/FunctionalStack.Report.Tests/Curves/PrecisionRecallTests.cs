using FsCheck.Xunit;
using FunctionalStack.Reporting.Curves;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Curves;

[Properties(Arbitrary = [typeof(Samples)], MaxTest = 200)]
public class PrecisionRecallTests
{
    private const double Rounding = 1e-12;

    [Property]
    public void The_last_point_finds_all_and_has_the_share_of_positive_rows(Predicted rows)
    {
        if (!rows.HasBoth) return;
        var points = PrecisionRecall.Of(Scored.Of(rows.Scores, rows.Positive))!.Points;
        Assert.Equal(1, points[^1].Recall, Rounding);
        Assert.Equal((double)rows.Positive.Count(positive => positive) / rows.Positive.Count, points[^1].Precision, Rounding);
        Assert.All(points, point => Assert.True(point is { Recall: >= 0 and <= 1, Precision: >= 0 and <= 1 }));
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.Second.Recall >= pair.First.Recall));
    }

    [Property]
    public void A_perfect_order_has_average_precision_one(Predicted rows)
    {
        if (!rows.HasBoth) return;
        var perfect = EquatableArray.From(rows.Positive.Select(positive => positive ? 1.0 : 0.0));
        Assert.Equal(1, PrecisionRecall.Of(Scored.Of(perfect, rows.Positive))!.Average, Rounding);
    }

    [Property]
    public void Thinning_keeps_the_ends(Predicted rows)
    {
        if (!rows.HasBoth) return;
        var all = PrecisionRecall.Of(Scored.Of(rows.Scores, rows.Positive))!;
        var few = all.Thinned(10);
        Assert.Equal((all.Points[0], all.Points[^1]), (few.Points[0], few.Points[^1]));
        Assert.True(few.Points.Count <= 12);
    }

    // The example of average_precision_score in the documentation of scikit-learn.
    [Fact]
    public void Points_are_scikit_learns()
    {
        var found = PrecisionRecall.Of(Scored.Of([.1, .4, .35, .8], [false, false, true, true]))!;
        Assert.Equal([(0.5, 1), (0.5, 0.5), (1, 2 / 3.0), (1, 0.5)], found.Points);
        Assert.Equal(0.8333333333333333, found.Average, Rounding);
    }
}
