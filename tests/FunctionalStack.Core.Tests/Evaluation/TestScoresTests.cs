using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Evaluation;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 40)]
public class TestScoresTests
{
    [Property]
    public void Scores_are_the_metrics_of_the_predictions(AnyData any, Seed seed)
    {
        if (new Nearest().Fit(any.Data, seed) is not Outcome<Trained>.Ok { Value: var model }) return;
        var found = model.Score(any.Data, seed, 10).OrThrow();
        var predicted = model.Predict(any.Data.Frame).OrThrow();
        Assert.Equal(any.Data.RowCount, found.Rows);
        Assert.Equal(Metric.For(any.Data.Target)
            .Select(metric => (metric.Name, metric.Score(any.Data.Target, predicted, any.Data.Weights))),
            found.Scores.Select(score => (score.Metric, score.Value)));
        Assert.Equal(found, model.Score(any.Data, seed, 10).OrThrow());
    }

    // The standard error of a share p of n independent rows is sqrt(p (1 - p) / n). That of 2,000 resamples is about 1.6% of it; five
    // times as much is allowed.
    [Fact]
    public void The_bootstrap_error_of_accuracy_is_that_of_a_share()
    {
        var (prediction, roles) = Correct(Enumerable.Range(0, 400).Select(row => row % 5 != 0));
        var found = Scoring.Score(prediction, roles, Seed.Of(3), 2000).OrThrow()["accuracy"];
        Assert.Equal(0.8, found.Value, 1e-12);
        var expected = Math.Sqrt(0.8 * 0.2 / 400);
        Assert.InRange(found.StandardError, 0.92 * expected, 1.08 * expected);
    }

    [Property]
    public void Rows_of_a_group_are_drawn_together(bool[] right, byte times, Seed seed)
    {
        if (right.Length == 0) return;
        var copies = 1 + times % 4;
        var (prediction, roles) = Correct(right.SelectMany(one => Enumerable.Repeat(one, copies)));
        var groups = EquatableArray.From(Enumerable.Range(0, right.Length * copies).Select(row => row / copies));
        var (once, single) = Correct(right);
        Assert.Equal(Scoring.Score(once, single, seed, 50).OrThrow()["accuracy"],
            Scoring.Score(prediction, roles with { Groups = groups }, seed, 50).OrThrow()["accuracy"]);
    }

    [Fact]
    public void Unknown_labels_are_errors_with_a_note()
    {
        var prediction = new Prediction.Probabilities(["a", "b"], [1, 0, 0, 1, 1, 0, 1, 0]);
        var scored = Scoring.Score(prediction, new(Target.Classes.Of("a", "b", "c", "c")), Seed.Of(1), 0);
        Assert.Equal(0.5, scored.OrThrow()["accuracy"].Value);
        Assert.Equal(double.NaN, scored.OrThrow()["accuracy"].StandardError);
        Assert.Equal(
            "2 rows have labels that the training rows did not have, and are scored as errors (ROC AUC and balanced accuracy leave them out): "
            + "'c' (2)",
            scored.Notes.Single().What);
    }

    [Fact]
    public void Another_kind_of_target_and_no_rows_are_refused()
    {
        var numbers = new Prediction.Numeric([1, 2]);
        Assert.IsType<Outcome<TestScores>.Fail>(Scoring.Score(numbers, new(Target.Classes.Of("a", "b")), Seed.Of(1)));
        Assert.IsType<Outcome<TestScores>.Fail>(Scoring.Score(
            new Prediction.Probabilities(["a"], [1, 1]), new(new Target.Numeric([1, 2])), Seed.Of(1)));
        Assert.IsType<Outcome<TestScores>.Fail>(Scoring.Score(new Prediction.Numeric(default), new(new Target.Numeric(default)),
            Seed.Of(1)));
    }

    private static (Prediction, Roles) Correct(IEnumerable<bool> right)
    {
        var all = right.ToArray();
        return (new Prediction.Probabilities(["no", "yes"],
            EquatableArray.From(all.SelectMany(one => one ? new[] { 0.1, 0.9 } : [0.9, 0.1]))),
            new(new Target.Classes(["no", "yes"], EquatableArray.From(all.Select(_ => 1)))));
    }

    /// <summary>The sum of squares underflows below 1e-162.</summary>
    [Fact]
    public void Errors_of_a_tiny_unit_are_those_of_1_in_that_unit()
    {
        var unit = Math.ScaleB(1, -660);
        double[] y = [3, 1, 4, 1, 5, 9];
        TestScores In(double one) => Scoring.Score(new Prediction.Numeric(EquatableArray.From(y.Select((_, i) => i * one))),
            new(new Target.Numeric(EquatableArray.From(y.Select(value => value * one)))), Seed.Of(1), 20).OrThrow();
        var (plain, tiny) = (In(1), In(unit));
        foreach (var metric in new[] { "rmse", "mae" })
        {
            Assert.Equal((plain[metric].Value * unit, plain[metric].StandardError * unit),
                (tiny[metric].Value, tiny[metric].StandardError));
        }

        Assert.Equal(plain["r2"], tiny["r2"]);
    }
}
