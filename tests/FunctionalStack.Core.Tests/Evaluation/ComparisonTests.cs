using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Core.Tests.Evaluation;

public class ComparisonTests
{
    // Differences 0.1, 0.2, 0.3, 0.2 and 0.2 have mean 0.2 and sample variance 0.02 / 4. Five folds of 20 of 100 rows: 1/5 + 20/80.
    [Fact]
    public void The_corrected_test_of_a_hand_computed_example()
    {
        var found = Comparison.Of(Of("stack", 1.1, 1.2, 1.3, 1.2, 1.2), Of("base", 1, 1, 1, 1, 1), Metric.LogLoss, Folds(5, 20));
        var error = Math.Sqrt(0.005 * 0.45);
        Assert.Equal(("stack", "base", "logLoss", 5), (found.Model, found.Other, found.Metric, found.Folds));
        Assert.Equal(0.2, found.Difference, 1e-12);
        Assert.Equal(error, found.StandardError, 1e-12);

        // 2.776445 is the quantile of the tables for 4 degrees of freedom.
        Assert.Equal(0.2 - 2.776445 * error, found.Lower, 1e-7);
        Assert.Equal(0.2 + 2.776445 * error, found.Upper, 1e-7);
        Assert.Equal(0.013517, found.P, 1e-6);
        Assert.True(found is { IsWorse: true, IsBetter: false });
        Assert.True(Comparison.Of(Of("stack", 2, 2.1, 2.2), Of("base", 1, 1.01, 1.02), Metric.Accuracy, Folds(3, 2)).IsBetter);
    }

    [Property]
    public void Swapping_the_models_negates_the_difference(byte[] own, byte[] others)
    {
        var k = Math.Min(own.Length, others.Length);
        if (k == 0) return;
        var (model, other) = (Of("a", [.. own.Take(k).Select(one => one / 7.0)]), Of("b", [.. others.Take(k).Select(one => one / 3.0)]));
        var one = Comparison.Of(model, other, Metric.Rmse, Folds(k, 3));
        var swapped = Comparison.Of(other, model, Metric.Rmse, Folds(k, 3));
        Assert.Equal(one with
        {
            Model = "b",
            Other = "a",
            Difference = -one.Difference,
            Lower = -one.Upper,
            Upper = -one.Lower,
        }, swapped);
        Assert.Equal((one.IsBetter, one.IsWorse), (swapped.IsWorse, swapped.IsBetter));
    }

    [Property]
    public void Equal_models_have_no_difference_and_p_1(NonEmptyArray<byte> scores)
    {
        var k = scores.Get.Length + 1;
        var model = Of("a", [.. scores.Get.Append<byte>(1).Select(one => one / 7.0)]);
        var found = Comparison.Of(model, model with { Name = "b" }, Metric.LogLoss, Folds(k, 3));
        Assert.Equal((0.0, 0.0, 0.0, 1.0), (found.Difference, found.Lower, found.Upper, found.P));
        Assert.False(found.IsBetter || found.IsWorse);
    }

    [Fact]
    public void A_single_fold_has_a_difference_and_no_test_and_undefined_scores_are_left_out()
    {
        var single = Comparison.Of(Of("a", 1), Of("b", 3), Metric.LogLoss, Folds(1, 3));
        Assert.Equal((-2.0, double.NaN, double.NaN), (single.Difference, single.P, single.StandardError));
        Assert.False(single.IsBetter);
        var some = Comparison.Of(Of("a", 1, double.NaN, 2), Of("b", 3, 1, 5), Metric.LogLoss, Folds(3, 3));
        Assert.Equal((2, -2.5), (some.Folds, some.Difference));
    }

    // Tables of Student's t distribution.
    [Theory]
    [InlineData(0.95, 1, 12.7062047)]
    [InlineData(0.95, 2, 4.3026527)]
    [InlineData(0.99, 4, 4.6040949)]
    [InlineData(0.95, 9, 2.2621572)]
    [InlineData(0.95, 99, 1.9842170)]
    [InlineData(0.9, 30, 1.6972609)]
    public void Quantiles_are_those_of_the_tables(double probability, int degrees, double quantile)
    {
        Assert.Equal(quantile, StudentT.Quantile(probability, degrees), 1e-6);
        Assert.Equal(1 - probability, StudentT.Outside(quantile, degrees), 1e-7);
    }

    private static EquatableArray<Fold> Folds(int k, int rows) => new FoldPlan.KFold(Math.Max(2, k))
        .Split(new(new Target.Numeric(EquatableArray.From(Enumerable.Repeat(1.0, Math.Max(2, k) * rows))))).OrThrow() is var folds && k < 2
            ? [folds[0]] : folds;

    private static ScoredModel Of(string name, params double[] scores) => new(name, "base",
        [.. new[] { "logLoss", "rmse", "accuracy" }.Select(metric => new Score(metric, EquatableArray.Of(scores)))],
        new(name, default, new Prediction.Numeric(default)));
}
