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

    /// <summary>A power of two changes no digit, also where squares underflow or overflow.</summary>
    [Theory]
    [InlineData(-700)]
    [InlineData(-30)]
    [InlineData(700)]
    public void Scores_scale_with_the_unit(int exponent)
    {
        EquatableArray<double> In(EquatableArray<double> numbers) =>
            EquatableArray.From(numbers.Select(number => Math.ScaleB(number, exponent)));
        var (scaled, guess) = (new Target.Numeric(In(truth.Values)), new Prediction.Numeric(In(predicted.Values)));
        Assert.Equal(Math.ScaleB(ValueMetrics.Rmse(truth, predicted, weights), exponent), ValueMetrics.Rmse(scaled, guess, weights));
        Assert.Equal(Math.ScaleB(ValueMetrics.Mae(truth, predicted), exponent), ValueMetrics.Mae(scaled, guess));
        Assert.Equal(ValueMetrics.R2(truth, predicted, weights), ValueMetrics.R2(scaled, guess, weights));
        Assert.Equal(Math.ScaleB(new Score("rmse", [1, 2, 4]).Std, exponent), new Score("rmse", In([1, 2, 4])).Std);
    }

    [Fact]
    public void Errors_that_are_no_numbers_or_infinite_stay_so()
    {
        Assert.True(double.IsNaN(ValueMetrics.Rmse(new([1.0, 2]), new([double.NaN, 2]))));
        Assert.Equal(double.PositiveInfinity, ValueMetrics.Rmse(new([1.0, 2]), new([double.PositiveInfinity, 2])));
        Assert.Equal(0, ValueMetrics.Rmse(new([1.0, 2]), new([1.0, 2])));
    }
}
