namespace FunctionalStack;

/// <summary>How learners did on rows held out.</summary>
/// <param name="Folds">The outer folds, shared by all.</param>
/// <param name="Models">A stack's bases in order, then the stack; or the one learner.</param>
public sealed record Evaluation(EquatableArray<Fold> Folds, EquatableArray<ScoredModel> Models)
{
    /// <summary>The learner that was evaluated: the last of the contenders.</summary>
    public ScoredModel Final => Models[^1];

    /// <summary>Bases that a time budget left out, of the contenders and of the stack alike.</summary>
    public EquatableArray<string> Skipped { get; init; }

    /// <summary>What a reader of the scores should know; the same notes as the outcome's.</summary>
    public EquatableArray<Note> Notes { get; init; }

    /// <summary>
    /// The contenders that the folds cannot tell from the best: those whose mean log-loss (or RMSE) lies within one standard
    /// error of the best one's mean, the standard error being the best one's over the folds (Breiman, Friedman, Olshen &amp;
    /// Stone 1984). The simplest of them is as good a choice. The best is always one; with a single fold there is no
    /// standard error, and only equals are. None where no mean is defined.
    /// </summary>
    public EquatableArray<ScoredModel> WithinOneStandardError(Target target)
    {
        var metric = Metric.Leading(target).Name;
        if (Models.Where(one => !double.IsNaN(one[metric].Mean)).MinBy(one => one[metric].Mean) is not { } best) return default;
        var most = best[metric].Mean + (double.IsNaN(best[metric].StandardError) ? 0 : best[metric].StandardError);
        return EquatableArray.From(Models.Where(one => one[metric].Mean <= most));
    }
}

/// <summary>Cross-validation: fit on each fold's training rows, score on its held-out rows.</summary>
public static class CrossValidation
{
    /// <summary>
    /// Scores <paramref name="learner"/> over the outer folds of <paramref name="plan"/>, and, where it holds a stack, every
    /// base alone, fitted on all training rows of the same folds. A stack's own folds run inside. A plan that shuffles by the
    /// seed of the fit shuffles by the fork <c>outer folds</c> of <paramref name="seed"/>.
    /// </summary>
    public static Outcome<Evaluation> Evaluate(
        this IExecutor executor, ILearner learner, Dataset data, FoldPlan plan, Seed seed,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) => learner.Refuse<Evaluation>(data) ??
        plan.Seeded(seed.Fork("outer folds")).Split(data.Roles).Bind(folds =>
        {
            var graph = new FitGraph();
            var all = graph.Over(data);
            var outer = folds.Select((fold, i) => Unfold(all.Staged(i), learner, fold, seed.Fork("outer").Fork(i), $"outer fold {i + 1} of {folds.Count}")).ToArray();
            return graph.Run<Evaluation>(executor, progress, cancellation) ?? Score(learner, data, folds, outer, graph.Skipped);
        }).Noted((evaluation, notes) => evaluation with { Notes = notes });

    private static Entry[] Unfold(FitRows all, ILearner learner, Fold fold, Seed seed, string place)
    {
        var (rows, held) = (all.Take(fold.Train).Named(place), all.Take(fold.Holdout).Named(place));

        // One after the other, fit and prediction, so that the order of the entries is that of the fits.
        var bases = new List<Entry>();
        foreach (var one in learner is ICompositeLearner composite ? composite.Bases(rows, seed) : []) bases.Add(Predicted(one.Name, "base", one.Fit, one.MayFail));
        return [.. bases, Predicted(learner.Name, bases.Count > 0 ? "stack" : "learner", rows.Fit(learner, seed), false)];

        Entry Predicted(string name, string role, FittedLearner fit, bool mayFail) =>
            new(name, role, mayFail, () => fit.IsSkipped, fit.Predict(held).Through(outcome => outcome.At($"{name}, {place}")));
    }

    private static Outcome<Evaluation> Score(ILearner learner, Dataset data, EquatableArray<Fold> folds, Entry[][] outer, EquatableArray<string> skipped)
    {
        // In the order of the fits, so that the failure told is the first.
        if (outer.SelectMany(fold => fold).Where(entry => !entry.MayFail && !entry.IsSkipped()).Select(entry => entry.Prediction.Outcome)
            .OfType<Outcome<Prediction>.Fail>().FirstOrDefault() is { } failed)
        {
            return new Outcome<Evaluation>.Fail(failed.Failure);
        }

        return Outcome.All(outer[0].Select((entry, at) => (Entry: entry, All: Outcome.All(outer.Select(fold => fold[at].Prediction.Outcome))))
            .Where(one => !one.Entry.IsSkipped())
            .Select(one => one.All switch
            {
                Outcome<EquatableArray<Prediction>>.Fail fail => Outcome.Ok<ScoredModel?>(null).Noting([fail.Failure.LeftOut]),
                var predictions => predictions.Map<ScoredModel?>(found => ScoredModel.Of(one.Entry.Name, one.Entry.Role, data.Roles, folds, found)),
            }))
            .Map(scored => new Evaluation(folds, EquatableArray.From(scored.OfType<ScoredModel>())) { Skipped = skipped });
    }

    private sealed record Entry(string Name, string Role, bool MayFail, Func<bool> IsSkipped, Deferred<Prediction> Prediction);
}
