namespace FunctionalStack;

/// <summary>The scores of a model on labelled rows that it was not fitted on.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Scores">One for each metric of <see cref="Metric.For"/>, in its order.</param>
public sealed record TestScores(int Rows, EquatableArray<TestScore> Scores) : MetricScores<TestScore>
{
    private protected override IEnumerable<(string Metric, TestScore Score)> Named => Scores.Select(score => (score.Metric, score));
}

/// <summary>One metric on labelled rows.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">The score; NaN if undefined.</param>
/// <param name="StandardError">The bootstrap standard error; NaN if undefined, or without resamples.</param>
public sealed record TestScore(string Metric, double Value, double StandardError);

/// <summary>Scores fitted models on labelled rows.</summary>
public static class Scoring
{
    /// <summary>
    /// All metrics of the model on <paramref name="data"/>, with bootstrap standard errors (Efron &amp; Tibshirani 1993): the sample
    /// standard deviation of the metric over resamples of the rows, drawn with replacement. Rows of a group are drawn together. Labels
    /// that the model does not know count as errors, as <see cref="ClassMetrics"/> describes; a note counts them.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Labelled rows, with weights and groups if they have any.</param>
    /// <param name="seed">The seed of the resamples.</param>
    /// <param name="resamples">The number of resamples; 0 for no standard errors.</param>
    /// <returns>The scores, with the notes of the prediction. Fails like the prediction, if there are no rows, or if the model predicts
    /// another kind of target.</returns>
    public static Outcome<TestScores> Score(this IModel model, Dataset data, Seed seed, int resamples = 200) =>
        model.Predict(data.Frame).Bind(prediction => Score(prediction, data.Roles, seed, resamples));

    /// <summary>The same for predictions of rows with these roles.</summary>
    public static Outcome<TestScores> Score(Prediction prediction, Roles roles, Seed seed, int resamples = 200) =>
        Labelled(prediction, roles).Map(notes =>
        {
            var metrics = Metric.For(roles.Target);

            // One resample at a time, since each has a weight per row.
            var samples = Enumerable.Range(0, Math.Max(0, resamples)).Select(i => All(Resampled(roles, seed.Fork("bootstrap").Fork(i))))
                .ToArray();
            var scores = All(roles.Weights);
            return new TestScores(roles.Count, EquatableArray.From(metrics.Select((metric, at) =>
                new TestScore(metric.Name, scores[at], Deviation([.. samples.Select(sample => sample[at])])))));

            double[] All(EquatableArray<double>? weights) =>
                [.. metrics.Select(metric => metric.Score(roles.Target, prediction, weights))];
        });

    /// <summary>Fails if the predictions do not match the target; a note counts the rows with unknown labels.</summary>
    internal static Outcome<int> Labelled(Prediction prediction, Roles roles)
    {
        if (roles.Count == 0) return Outcome.Fail<int>("the rows", "there are none with a target", "Give labelled rows.");
        return (prediction, roles.Target) switch
        {
            (Prediction.Probabilities classes, Target.Classes actual) => Outcome.Ok(roles.Count).Noting(Unseen(classes.Levels, actual)),
            (Prediction.Numeric, Target.Numeric) => Outcome.Ok(roles.Count),
            (Prediction.Numeric, _) =>
                Outcome.Fail<int>("the target", "it has classes, but the model predicts numbers", "Give a numeric target."),
            _ => Outcome.Fail<int>("the target", "it is numeric, but the model predicts classes", "Give a target of classes."),
        };
    }

    private static EquatableArray<Note> Unseen(EquatableArray<string> known, Target.Classes actual)
    {
        var levels = known.ToHashSet(StringComparer.Ordinal);
        var counts = actual.Codes.CountBy(code => code).Where(one => !levels.Contains(actual.Levels[one.Key])).OrderBy(one => one.Key)
            .ToArray();
        var rows = counts.Sum(one => one.Value);
        return rows == 0 ? default
            :
            [
                new("the target", $"{(rows == 1 ? "1 row has a label" : $"{rows} rows have labels")} that the training rows did not have, "
                    + $"and {(rows == 1 ? "is scored as an error" : "are scored as errors")} ("
                    + (actual.IsOrdered ? "ROC AUC, balanced accuracy and the metrics of ranks" : "ROC AUC and balanced accuracy")
                    + " leave "
                    + $"{(rows == 1 ? "it" : "them")} out): "
                        + Listed.Some([.. counts.Select(one => $"'{actual.Levels[one.Key]}' ({one.Value})")])),
            ];
    }

    // A resample is a weight per row: how often it was drawn.
    private static EquatableArray<double> Resampled(Roles roles, Seed seed)
    {
        var stream = seed.Stream();
        var weights = new double[roles.Count];
        if (roles.Groups is { } groups)
        {
            var numbers = groups.Distinct().Order().ToArray();
            var drawn = numbers.ToDictionary(number => number, _ => 0);
            for (var i = 0; i < numbers.Length; i++) drawn[numbers[stream.Next(numbers.Length)]]++;
            for (var row = 0; row < weights.Length; row++) weights[row] = drawn[groups[row]];
        }
        else
        {
            for (var i = 0; i < weights.Length; i++) weights[stream.Next(weights.Length)]++;
        }

        for (var row = 0; row < weights.Length; row++) weights[row] *= roles.Weights?[row] ?? 1;
        return EquatableArray.Own(weights);
    }

    private static double Deviation(double[] scores)
    {
        var defined = Array.FindAll(scores, score => !double.IsNaN(score));
        if (defined.Length < 2) return double.NaN;
        return MeanSquare.Deviation(defined, defined.Average()).Root;
    }
}
