namespace FunctionalStack;

/// <summary>One metric over the folds.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="PerFold">One score a fold, in fold order.</param>
public sealed record Score(string Metric, EquatableArray<double> PerFold)
{
    /// <summary>The mean over the folds where the score is defined.</summary>
    public double Mean => Defined.DefaultIfEmpty(double.NaN).Average();

    /// <summary>The population standard deviation over the folds where the score is defined.</summary>
    public double Std => Math.Sqrt(Defined.Select(score => (score - Mean) * (score - Mean)).DefaultIfEmpty(double.NaN).Average());

    /// <summary>The standard error of <see cref="Mean"/>: the sample standard deviation over the root of the number of folds.</summary>
    public double StandardError => Defined.Count() < 2 ? double.NaN : Std / Math.Sqrt(Defined.Count() - 1);

    private IEnumerable<double> Defined => PerFold.Where(score => !double.IsNaN(score));
}

/// <summary>How one learner did.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Role"><c>base</c>, <c>stack</c> or <c>learner</c>.</param>
/// <param name="Scores">One for each of <see cref="Metric.For"/>'s metrics, in its order.</param>
/// <param name="OutOfFold">What it said of the rows held out.</param>
public sealed record ScoredModel(string Name, string Role, EquatableArray<Score> Scores, OutOfFold OutOfFold)
{
    /// <exception cref="KeyNotFoundException">No metric goes by that name.</exception>
    public Score this[string metric] => Scores.FirstOrDefault(score => score.Metric == metric) is { } found
        ? found
        : throw new KeyNotFoundException($"no metric is named '{metric}'");

    /// <summary>Scores pieces of predictions against the truth, fold by fold.</summary>
    public static ScoredModel Of(string name, string role, Roles roles, EquatableArray<Fold> folds, IReadOnlyList<Prediction> predictions)
    {
        var scores = Metric.For(roles.Target).Select(metric => new Score(metric.Name, EquatableArray.From(folds.Select((fold, i) =>
        {
            var held = roles.Take(fold.Holdout);
            return metric.Score(held.Target, predictions[i], held.Weights);
        }))));
        var covered = FoldPlan.Covered(folds);
        return new(name, role, EquatableArray.From(scores),
            new(name, covered, Prediction.Assemble([.. folds.Select((fold, i) => (fold.Holdout, predictions[i]))], covered)));
    }
}
