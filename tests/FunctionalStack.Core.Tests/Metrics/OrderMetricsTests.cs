using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Core.Tests.Metrics;

public class OrderMetricsTests
{
    private static readonly EquatableArray<string> levels = ["low", "mid", "high"];

    private static Target.Classes Actual(params int[] codes) => new(levels, EquatableArray.Of(codes), isOrdered: true);

    private static Prediction.Probabilities Predicted(params int[] codes) => new(levels,
        EquatableArray.From(codes.SelectMany(code => Enumerable.Range(0, 3).Select(c => c == code ? 1.0 : 0))));

    /// <summary>By hand: the squared differences of the ranks sum to 6, and to 8 if both were independent.</summary>
    [Fact]
    public void Quadratic_kappa_of_a_known_case()
    {
        Assert.Equal(0.25, OrderMetrics.QuadraticKappa(Actual(0, 0, 1, 1, 2, 2), Predicted(0, 1, 1, 2, 2, 0)), 1e-15);
        Assert.Equal(4 / 6.0, OrderMetrics.RankMae(Actual(0, 0, 1, 1, 2, 2), Predicted(0, 1, 1, 2, 2, 0)), 1e-15);
        Assert.Equal(1, OrderMetrics.QuadraticKappa(Actual(0, 1, 2), Predicted(0, 1, 2)));
        Assert.Equal(-1, OrderMetrics.QuadraticKappa(Actual(0, 2), Predicted(2, 0)));
        Assert.Equal(0, OrderMetrics.QuadraticKappa(Actual(0, 2, 0, 2), Predicted(0, 0, 2, 2)));
        Assert.Equal(double.NaN, OrderMetrics.QuadraticKappa(Actual(1, 1), Predicted(1, 1)));
    }

    [Property]
    public void A_whole_weight_is_the_row_as_many_times_and_the_reverse_order_is_the_same(byte[] numbers)
    {
        if (numbers.Length == 0) return;
        var (actual, predicted) = (Array.ConvertAll(numbers, n => n % 3), Array.ConvertAll(numbers, n => n / 3 % 3));
        var times = Array.ConvertAll(numbers, n => n / 9 % 3);
        var repeated = Enumerable.Range(0, numbers.Length).SelectMany(row => Enumerable.Repeat(row, times[row])).ToArray();
        var weights = EquatableArray.From(times.Select(count => (double)count));
        foreach (var metric in new[] { Metric.QuadraticKappa, Metric.RankMae })
        {
            var weighted = metric.Score(Actual(actual), Predicted(predicted), weights);
            Assert.Equal(metric.Score(Actual([.. repeated.Select(row => actual[row])]),
                Predicted([.. repeated.Select(row => predicted[row])]), null), weighted, 1e-12);
            Assert.Equal(metric.Score(Actual(Array.ConvertAll(actual, code => 2 - code)),
                Predicted(Array.ConvertAll(predicted, code => 2 - code)), weights), weighted, 1e-12);
        }
    }

    [Fact]
    public void Ranks_follow_the_order_of_the_target_and_unknown_classes_are_left_out()
    {
        var known = new Target.Classes(["low", "mid", "high", "odd"], [0, 1, 2, 3], isOrdered: true);
        var shuffled = Predicted(0, 1, 0, 0).For(["high", "low", "mid"]);
        Assert.Equal(2 / 3.0, OrderMetrics.RankMae(known, shuffled), 1e-15);
    }

    [Fact]
    public void They_are_reported_for_ordered_classes_only()
    {
        var ordered = Actual(0, 1, 2);
        Assert.Equal(["accuracy", "logLoss", "quadraticKappa", "rankMae", "auc", "balancedAccuracy", "brier", "f1"],
            Metric.For(ordered).Select(metric => metric.Name));
        Assert.DoesNotContain(Metric.QuadraticKappa, Metric.For(new Target.Classes(levels, [0, 1, 2])));
        Assert.Contains(Metric.RankMae, Metric.For(ordered.Take([0])));
    }
}
