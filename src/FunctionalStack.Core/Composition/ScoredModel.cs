namespace FunctionalStack;

/// <summary>One metric over the folds.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="PerFold">One score per fold, in fold order; NaN if undefined.</param>
public sealed record Score(string Metric, EquatableArray<double> PerFold)
{
    /// <summary>The mean over the folds with a defined score.</summary>
    public double Mean => Defined.DefaultIfEmpty(double.NaN).Average();

    /// <summary>The population standard deviation over the folds with a defined score.</summary>
    public double Std => MeanSquare.Of([.. Defined.Select(score => score - Mean)]).Root;

    /// <summary>The standard error of <see cref="Mean"/>: the sample standard deviation divided by the square root of the number of folds.
    /// NaN for a single fold.</summary>
    public double StandardError => Defined.Count() < 2 ? double.NaN : Std / Math.Sqrt(Defined.Count() - 1);

    private IEnumerable<double> Defined => PerFold.Where(score => !double.IsNaN(score));
}

/// <summary>The scores of one model.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Role"><c>base</c>, <c>stack</c> or <c>learner</c>.</param>
/// <param name="Scores">One for each metric of <see cref="Metric.For"/>, in its order.</param>
/// <param name="OutOfFold">Its predictions of the held-out rows.</param>
public sealed record ScoredModel(string Name, string Role, EquatableArray<Score> Scores, OutOfFold OutOfFold) : MetricScores<Score>
{
    /// <summary>How complex the learner is.</summary>
    public Complexity Complexity { get; init; } = Complexity.Nonlinear;

    private protected override IEnumerable<(string Metric, Score Score)> Named => Scores.Select(score => (score.Metric, score));

    /// <summary>Scores each fold's predictions against the actual target.</summary>
    public static ScoredModel Of(string name, string role, Roles roles, EquatableArray<Fold> folds, IReadOnlyList<Prediction> predictions)
    {
        var scores = Metric.For(roles.Target).Select(metric => new Score(metric.Name, EquatableArray.From(folds.Select((fold, i) =>
        {
            var held = roles.Take(fold.Holdout);
            return metric.Score(held.Target, predictions[i], held.Weights);
        }))));
        var covered = FoldPlan.Covered(folds);
        return new(name, role, EquatableArray.From(scores),
            new(name, covered, Prediction.Assemble([.. folds.Select((fold, i) => (fold.Holdout, predictions[i]))], covered))
            {
                Folds = folds,
            });
    }
}
