using Xunit;

namespace FunctionalStack.Core.Tests.Metrics;

public class MetricTests
{
    private static readonly Target.Classes ordered = new(["a", "b", "c"], [0, 1, 2, 1], isOrdered: true);
    private static readonly Target.Numeric numbers = new([1, 2, 3, 5]);

    /// <summary>A perfect prediction has the best score, and a worse one a worse score, in the direction of the metric.</summary>
    [Fact]
    public void The_direction_of_each_metric_is_that_of_its_score()
    {
        var right = new Prediction.Probabilities(ordered.Levels, [.9, .1, 0, 0, 1, 0, 0, .2, .8, .1, .8, .1]);
        var wrong = new Prediction.Probabilities(ordered.Levels, [.2, .3, .5, .6, .2, .2, .5, .3, .2, .1, .2, .7]);
        foreach (var metric in Metric.For(ordered)) Check(metric, ordered, right, wrong);
        foreach (var metric in Metric.For(numbers))
            Check(metric, numbers, new Prediction.Numeric([1, 2, 3, 4]), new Prediction.Numeric([5, 1, 4, 0]));

        static void Check(Metric metric, Target target, Prediction right, Prediction wrong) => Assert.Equal(metric.HigherIsBetter,
            metric.Score(target, right, null) > metric.Score(target, wrong, null));
    }

    [Fact]
    public void The_main_metric_is_that_of_the_kind_of_target()
    {
        Assert.Same(Metric.LogLoss, Metric.Leading(ordered));
        Assert.Same(Metric.Rmse, Metric.Leading(numbers));
    }

    [Fact]
    public void Each_metric_has_its_usual_name()
    {
        Assert.Equal(["accuracy", "log-loss", "quadratic kappa", "MAE of ranks", "ROC AUC", "balanced accuracy", "Brier score", "macro F1"],
            Metric.For(ordered).Select(metric => Metric.TitleOf(metric.Name)));
        Assert.Equal(["RMSE", "MAE", "R2"], Metric.For(numbers).Select(metric => Metric.TitleOf(metric.Name)));
    }
}
