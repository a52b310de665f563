using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Metrics;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class ClassMetricsTests
{
    private static readonly Target.Classes truth = new(["a", "b", "c"], [0, 1, 2, 1, 0, 2, 1, 0, 2, 2]);

    private static readonly Prediction.Probabilities predicted = new(["a", "b", "c"],
    [
        .7, .2, .1, .1, .8, .1, .2, .3, .5, .4, .3, .3, .5, .5, 0,
        .1, .1, .8, .25, .5, .25, .2, .6, .2, .3, .4, .3, 0, 0, 1,
    ]);

    private static readonly EquatableArray<double> weights = [1, 2, 1, .5, 1, 3, 1, 2, 1, .25];

    // scikit-learn 1.2.1's figures; ten digits, since sums are taken in another order.
    [Fact]
    public void Scores_are_scikit_learns()
    {
        Assert.Equal(0.7, ClassMetrics.Accuracy(truth, predicted), 10);
        Assert.Equal(0.6944444444444443, ClassMetrics.BalancedAccuracy(truth, predicted), 10);
        Assert.Equal(0.6899787109332961, ClassMetrics.LogLoss(truth, predicted), 10);
        Assert.Equal(0.8581349206349206, ClassMetrics.RocAuc(truth, predicted), 10);
        Assert.Equal(0.6984126984126985, ClassMetrics.F1(truth, predicted), 10);
        Assert.Equal(0.4035, ClassMetrics.Brier(truth, predicted), 10);
        Assert.Equal([2, 1, 0, 1, 2, 0, 0, 1, 3], ClassMetrics.Confusion(truth, predicted).Cells);
    }

    [Fact]
    public void Weighted_scores_are_scikit_learns()
    {
        Assert.Equal(0.7254901960784313, ClassMetrics.Accuracy(truth, predicted, weights), 10);
        Assert.Equal(0.7222222222222223, ClassMetrics.BalancedAccuracy(truth, predicted, weights), 10);
        Assert.Equal(0.6726799430232723, ClassMetrics.LogLoss(truth, predicted, weights), 10);
        Assert.Equal(0.8918346918346919, ClassMetrics.RocAuc(truth, predicted, weights), 10);
        Assert.Equal(0.7139001349527665, ClassMetrics.F1(truth, predicted, weights), 10);
        Assert.Equal(0.38313725490196077, ClassMetrics.Brier(truth, predicted, weights), 10);
        Assert.Equal([2, 2, 0, .5, 3, 0, 0, 1, 4.25], ClassMetrics.Confusion(truth, predicted, weights).Cells);
    }

    [Fact]
    public void Two_classes_are_scored_as_scikit_learn_scores_them_ties_counting_half()
    {
        var two = new Target.Classes(["n", "y"], [0, 1, 1, 0, 1, 0]);
        var yes = new[] { .2, .9, .4, .4, .7, .1 };
        var predicted = new Prediction.Probabilities(["n", "y"], EquatableArray.From(yes.SelectMany(p => new[] { 1 - p, p })));
        EquatableArray<double> some = [1, 2, 1, 3, 1, 1];
        Assert.Equal(0.9444444444444444, ClassMetrics.RocAuc(two, predicted), 10);
        Assert.Equal(0.925, ClassMetrics.RocAuc(two, predicted, some), 10);
        Assert.Equal(0.11166666666666669, ClassMetrics.Brier(two, predicted), 10);
        Assert.Equal(0.11111111111111113, ClassMetrics.Brier(two, predicted, some), 10);
        Assert.Equal(0.3696093137014567, ClassMetrics.LogLoss(two, predicted), 10);
    }

    [Fact]
    public void Certainty_in_the_wrong_class_costs_much_but_not_infinitely_much() =>
        Assert.Equal(36.04, ClassMetrics.LogLoss(new(["a", "b"], [0]), new(["a", "b"], [0.0, 1])), 2);

    [Fact]
    public void The_area_is_undefined_where_one_class_stands_alone()
    {
        Assert.True(double.IsNaN(ClassMetrics.RocAuc(new(["a", "b"], [1, 1]), new(["a", "b"], [.5, .5, .2, .8]))));
        Assert.Equal(1, ClassMetrics.RocAuc(new(["a", "b", "never"], [0, 1]), new(["a", "b", "never"], [.9, .1, 0, .2, .8, 0])));
    }

    [Fact]
    public void A_class_that_is_only_predicted_has_no_recall()
    {
        var prediction = new Prediction.Probabilities(["a", "b"], [.9, .1, .2, .8]);
        Assert.Equal(0.5, ClassMetrics.BalancedAccuracy(new(["a"], [0, 0]), prediction));
    }

    [Fact]
    public void Without_rows_there_is_no_area() =>
        Assert.True(double.IsNaN(ClassMetrics.RocAuc(new(["a", "b"], default), new(["a", "b"], default))));

    [Fact]
    public void Without_weight_every_score_is_undefined() =>
        Assert.All(Metric.For(truth),
            metric =>
            Assert.True(double.IsNaN(metric.Score(truth, predicted, EquatableArray.From(weights.Select(_ => 0.0)))), metric.Name));

    [Fact]
    public void Rows_must_be_as_many() =>
        Assert.Throws<ArgumentException>(() => ClassMetrics.Accuracy(truth, new(["a", "b", "c"], [1.0, 0, 0])));

    [Property]
    public void Unit_weights_are_no_weights_and_a_row_of_weight_two_is_two_rows(ClassData any, Seed seed)
    {
        var predicted = Predicted(any, seed);
        var twice = EquatableArray.Of([.. Enumerable.Range(0, any.Data.RowCount), 0]);
        var heavy = EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(row => row == 0 ? 2.0 : 1));
        foreach (var metric in Metric.For(any.Classes))
        {
            Assert.Equal(metric.Score(any.Classes, predicted, null),
                metric.Score(any.Classes, predicted, EquatableArray.From(heavy.Select(_ => 1.0))));
            Assert.Equal(metric.Score(any.Classes.Take(twice), predicted.Take(twice), null), metric.Score(any.Classes, predicted, heavy),
                9);
        }
    }

    [Property]
    public void Classes_are_matched_by_level_not_by_position(ClassData any, Seed seed)
    {
        var predicted = Predicted(any, seed);
        var turned = predicted.For(EquatableArray.From(predicted.Levels.Reverse()));
        Assert.All(Metric.For(any.Classes), metric =>
        {
            Assert.Equal(metric.Score(any.Classes, predicted, null), metric.Score(any.Classes, turned, null));
        });
    }

    [Property]
    public void Scores_stay_in_their_range_and_the_truth_is_the_best_answer(ClassData any, Seed seed)
    {
        var (predicted, right) = (Predicted(any, seed), Certain(any.Classes));
        foreach (var metric in Metric.For(any.Classes))
        {
            var (score, best) = (metric.Score(any.Classes, predicted, null), metric.Score(any.Classes, right, null));
            if (double.IsNaN(best)) continue;
            Assert.InRange(score, 0, metric.HigherIsBetter ? 1 : double.MaxValue);
            Assert.True(metric.HigherIsBetter ? score <= best : score >= best, $"{metric.Name}: {score} against the truth's {best}");
        }
    }

    private static Prediction.Probabilities Predicted(ClassData any, Seed seed)
    {
        var stream = seed.Stream();
        var rows = Enumerable.Range(0, any.Data.RowCount).SelectMany(_ =>
        {
            var raw = Enumerable.Range(0, any.Classes.Levels.Count).Select(_ => stream.NextDouble() + 1e-3).ToArray();
            return raw.Select(p => p / raw.Sum()).ToArray();
        });
        return new(any.Classes.Levels, EquatableArray.From(rows));
    }

    private static Prediction.Probabilities Certain(Target.Classes classes) => new(classes.Levels,
        EquatableArray.From(classes.Codes.SelectMany(code =>
            Enumerable.Range(0, classes.Levels.Count).Select(level => level == code ? 1.0 : 0))));

    [Fact]
    public void Probabilities_that_are_no_numbers_have_no_area() => Assert.True(double.IsNaN(ClassMetrics.RocAuc(
        Target.Classes.Of("a", "b"), new Prediction.Probabilities(["a", "b"], [double.NaN, double.NaN, 0.5, 0.5]))));

    /// <summary>Each definition stays that of the prediction's classes; the row is an error, or left out.</summary>
    [Property]
    public void A_row_of_an_unknown_class_changes_no_definition(ClassData any, Seed seed)
    {
        var predicted = Predicted(any, seed);
        var (rows, known) = (any.Data.RowCount, any.Classes.Levels);
        var more = new Target.Classes(["unknown", .. known], [.. any.Classes.Codes.Select(code => code + 1), 0]);
        var all = (Prediction.Probabilities)predicted.Take([.. Enumerable.Range(0, rows), 0]);
        double Mean(double before, double error) => (before * rows + error) / (rows + 1);
        var row = predicted.Row(0).ToArray();
        Assert.Equal(Mean(ClassMetrics.Accuracy(any.Classes, predicted), 0), ClassMetrics.Accuracy(more, all), 12);
        Assert.Equal(Mean(ClassMetrics.LogLoss(any.Classes, predicted), 52 * Math.Log(2)), ClassMetrics.LogLoss(more, all), 9);
        Assert.Equal(Mean(ClassMetrics.Brier(any.Classes, predicted), (1 + row.Sum(p => p * p)) / (known.Count == 2 ? 2 : 1)),
            ClassMetrics.Brier(more, all), 12);
        Assert.Equal(ClassMetrics.RocAuc(any.Classes, predicted), ClassMetrics.RocAuc(more, all), 12);
        Assert.Equal(ClassMetrics.BalancedAccuracy(any.Classes, predicted), ClassMetrics.BalancedAccuracy(more, all), 12);
        var confusion = ClassMetrics.Confusion(more, all);
        Assert.Equal(known.Where(level => confusion.OfTruth(Code(level)) + confusion.OfPrediction(Code(level)) > 0).Average(level =>
            2 * confusion[Code(level), Code(level)] / (confusion.OfTruth(Code(level)) + confusion.OfPrediction(Code(level)))),
            ClassMetrics.F1(more, all), 12);

        int Code(string level) => more.Levels.ToArray().IndexOf(level);
    }

    /// <summary>A test file may lack some classes of the model.</summary>
    [Property]
    public void Levels_of_the_target_without_rows_change_nothing(ClassData any, Seed seed)
    {
        var predicted = Predicted(any, seed);
        var present = Target.Classes.Of([.. any.Classes.Codes.Select(code => any.Classes.Levels[code])]);
        Assert.All(Metric.For(any.Classes), metric =>
            Assert.Equal(metric.Score(any.Classes, predicted, null), metric.Score(present, predicted, null), 12));
    }
}
