namespace FunctionalStack;

/// <summary>The result of a cross-validation. Its scores, such as <c>evaluation.LogLoss</c>, are those of <see cref="Final"/>.</summary>
/// <param name="Folds">The outer folds, shared by all models.</param>
/// <param name="Models">A stack's bases in order, followed by the stack; or the single learner.</param>
public sealed record Evaluation(EquatableArray<Fold> Folds, EquatableArray<ScoredModel> Models) : MetricScores<Score>
{
    /// <summary>The evaluated learner: the last of <see cref="Models"/>.</summary>
    public ScoredModel Final => Models[^1];

    private protected override IEnumerable<(string Metric, Score Score)> Named => Final.Scores.Select(score => (score.Metric, score));

    /// <summary>The mean scores of the models as a table, best first.</summary>
    public override string ToString() => Leaderboard.Of("cross-validated", Models);

    /// <summary>Bases skipped because of a time budget, both as single models and inside the stack.</summary>
    public EquatableArray<string> Skipped { get; init; }

    /// <summary>The path of each search of the evaluated learner, by outer fold.</summary>
    public EquatableArray<EquatableArray<SearchResult>> Searches { get; init; }

    /// <summary>The scores of the evaluated learner by the number of training rows, ascending, if they were computed
    /// (<see cref="CrossValidation.LearningCurve"/>); otherwise empty. The last point is <see cref="Final"/>.</summary>
    public EquatableArray<LearningPoint> LearningCurve { get; init; }

    /// <summary>Notes about the scores; the same as the outcome's.</summary>
    public EquatableArray<Note> Notes { get; init; }

    /// <summary>
    /// The one-standard-error rule (Breiman, Friedman, Olshen &amp; Stone 1984): the models whose mean log-loss (or RMSE) is within
    /// one standard error of the best mean. The standard error is that of the best model over the folds. Prefer the simplest
    /// of these models. The best model is always included. With a single fold there is no standard error, and only
    /// models with an equal score are included. Empty if no mean is defined.
    /// </summary>
    public EquatableArray<ScoredModel> WithinOneStandardError(Target target)
    {
        var metric = Metric.Leading(target).Name;
        if (Models.Where(one => !double.IsNaN(one[metric].Mean)).MinBy(one => one[metric].Mean) is not { } best) return default;
        var most = best[metric].Mean + (double.IsNaN(best[metric].StandardError) ? 0 : best[metric].StandardError);
        return EquatableArray.From(Models.Where(one => one[metric].Mean <= most));
    }

    /// <summary>
    /// The simplest of the models within one standard error (<see cref="WithinOneStandardError"/>): that of the lowest
    /// <see cref="Complexity"/> and, among these, of the best mean. Null if no mean is defined.
    /// </summary>
    public ScoredModel? Simplest(Target target)
    {
        var metric = Metric.Leading(target).Name;
        return WithinOneStandardError(target).OrderBy(one => one.Complexity).ThenBy(one => one[metric].Mean).FirstOrDefault();
    }

    /// <summary>
    /// The stack compared with its best base, that of the lowest mean log-loss (or RMSE), see <see cref="Comparison"/>. The base was
    /// chosen by the scores that are compared, which favours it slightly. Null if there is no base, or no mean is defined.
    /// </summary>
    public Comparison? WithBestBase(Target target)
    {
        var metric = Metric.Leading(target);
        return Models.Where(one => one.Role == "base" && !double.IsNaN(one[metric.Name].Mean))
            .MinBy(one => one[metric.Name].Mean) is { } best
            && Final.Role == "stack" && !double.IsNaN(Final[metric.Name].Mean)
            ? Comparison.Of(Final, best, metric, Folds) : null;
    }

    /// <summary>The first and last time of the held-out rows of each fold, in fold order. Empty for rows without times.</summary>
    public EquatableArray<Period> Periods(Roles roles) => roles.Time is { } times
        ? EquatableArray.From(Folds.Select(fold =>
            new Period(fold.Holdout.Min(row => times[row]), fold.Holdout.Max(row => times[row]), fold.Holdout.Count)))
        : default;
}

/// <summary>The times of the held-out rows of a fold.</summary>
/// <param name="From">The earliest time, in the unit of <see cref="Roles.Time"/>.</param>
/// <param name="To">The latest time.</param>
/// <param name="Rows">The number of held-out rows.</param>
public sealed record Period(double From, double To, int Rows);
