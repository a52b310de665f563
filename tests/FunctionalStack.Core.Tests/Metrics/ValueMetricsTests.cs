using Xunit;

namespace FunctionalStack.Core.Tests.Metrics;

public class ValueMetricsTests
{
    private static readonly Target.Numeric truth = new([3, -.5, 2, 7, 4.2]);
    private static readonly Prediction.Numeric predicted = new([2.5, 0.0, 2, 8, 4]);
    private static readonly EquatableArray<double> weights = [1, 2, 1, .5, 3];

    // scikit-learn 1.2.1's figures.
    [Fact]
    public void Scores_are_scikit_learns_weighted_or_not()
    {
        Assert.Equal(0.5549774770204643, ValueMetrics.Rmse(truth, predicted), 12);
        Assert.Equal(0.44, ValueMetrics.Mae(truth, predicted), 12);
        Assert.Equal(0.9496600418410042, ValueMetrics.R2(truth, predicted), 12);
        Assert.Equal(0.42739521132865615, ValueMetrics.Rmse(truth, predicted, weights), 12);
        Assert.Equal(0.34666666666666673, ValueMetrics.Mae(truth, predicted, weights), 12);
        Assert.Equal(0.9630249379250783, ValueMetrics.R2(truth, predicted, weights), 12);
    }

    [Fact]
    public void Saying_the_mean_explains_nothing_and_a_constant_truth_leaves_nothing_to_explain()
    {
        Assert.Equal(0, ValueMetrics.R2(new([1.0, 2, 3]), new([2.0, 2, 2])), 12);
        Assert.True(double.IsNaN(ValueMetrics.R2(new([2.0, 2]), new([1.0, 3]))));
    }

    [Fact]
    public void Rows_must_be_as_many() => Assert.Throws<ArgumentException>(() => ValueMetrics.Rmse(truth, new([1.0])));
}
