namespace FunctionalStack;

/// <summary>The result of a cross-validation.</summary>
/// <param name="Folds">The outer folds, shared by all models.</param>
/// <param name="Models">A stack's bases in order, followed by the stack; or the single learner.</param>
public sealed record Evaluation(EquatableArray<Fold> Folds, EquatableArray<ScoredModel> Models)
{
    /// <summary>The evaluated learner: the last of <see cref="Models"/>.</summary>
    public ScoredModel Final => Models[^1];

    /// <summary>Bases skipped because of a time budget, both as single models and inside the stack.</summary>
    public EquatableArray<string> Skipped { get; init; }

    /// <summary>The path of each search of the evaluated learner, by outer fold.</summary>
    public EquatableArray<EquatableArray<SearchResult>> Searches { get; init; }

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
}

/// <summary>Cross-validation: fits on each fold's training rows and scores on its held-out rows.</summary>
public static class CrossValidation
{
    /// <summary>
    /// Cross-validates <paramref name="learner"/> over the outer folds of <paramref name="plan"/>. If it contains a stack, every base
    /// is also fitted alone on the training rows of the same folds and scored. A stack's own folds are inner folds. A plan that
    /// shuffles with the seed of the fit uses the fork <c>outer folds</c> of <paramref name="seed"/>.
    /// </summary>
    public static Outcome<Evaluation> Evaluate(
        this IExecutor executor, ILearner learner, Dataset data, FoldPlan plan, Seed seed,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) => learner.Refuse<Evaluation>(data) ??
        plan.Seeded(seed.Fork("outer folds")).Split(data.Roles).Bind(folds =>
        {
            var graph = new FitGraph();
            var all = graph.Over(data);
            var outer =
                folds.Select((fold, i) =>
                    Unfold(all.Staged(i), learner, fold, seed.Fork("outer").Fork(i), $"outer fold {i + 1} of {folds.Count}")).ToArray();
            return graph.Run<Evaluation>(executor, progress, cancellation) ?? Score(learner, data, folds, outer, graph.Skipped);
        }).Noted((evaluation, notes) => evaluation with { Notes = notes });

    private static Entry[] Unfold(FitRows all, ILearner learner, Fold fold, Seed seed, string place)
    {
        var (rows, held) = (all.Take(fold.Train).Named(place), all.Take(fold.Holdout).Named(place));

        // Fit and prediction in turn, so that entries are in the order of the fits.
        var bases = new List<Entry>();
        foreach (var one in learner is ICompositeLearner composite ? composite.Bases(rows, seed) : [])
            bases.Add(Predicted(one.Name, "base", one.Fit, one.MayFail));
        return [.. bases, Predicted(learner.Name, bases.Count > 0 ? "stack" : "learner", rows.Fit(learner, seed), false)];

        Entry Predicted(string name, string role, FittedLearner fit, bool mayFail) =>
            new(name, role, mayFail, () => fit.IsSkipped, fit.Predict(held).Through(outcome => outcome.At($"{name}, {place}")),
                // A result of its own, since models are released once they have predicted.
                rows.Join([fit.Trained], () => fit.Trained.Outcome.WithoutNotes().Map(trained => trained.Searches)));
    }

    private static Outcome<Evaluation> Score(ILearner learner, Dataset data, EquatableArray<Fold> folds, Entry[][] outer,
        EquatableArray<string> skipped)
    {
        // In the order of the fits, so that the first failure is reported.
        if (outer.SelectMany(fold => fold).Where(entry => !entry.MayFail && !entry.IsSkipped()).Select(entry => entry.Prediction.Outcome)
            .OfType<Outcome<Prediction>.Fail>().FirstOrDefault() is { } failed)
        {
            return new Outcome<Evaluation>.Fail(failed.Failure);
        }

        return Outcome.All(outer[0]
            .Select((entry, at) => (Entry: entry, All: Outcome.All(outer.Select(fold => fold[at].Prediction.Outcome))))
            .Where(one => !one.Entry.IsSkipped())
            .Select(one => one.All switch
            {
                Outcome<EquatableArray<Prediction>>.Fail fail => Outcome.Ok<ScoredModel?>(null).Noting([fail.Failure.LeftOut]),
                var predictions =>
                    predictions.Map<ScoredModel?>(found => ScoredModel.Of(one.Entry.Name, one.Entry.Role, data.Roles, folds, found)),
            }))
            .Map(scored => new Evaluation(folds, EquatableArray.From(scored.OfType<ScoredModel>()))
            {
                Skipped = skipped,
                Searches = EquatableArray.From(outer.Select(fold => fold[^1].Searches.Outcome.Match(found => found, _ => default))),
            });
    }

    private sealed record Entry(string Name, string Role, bool MayFail, Func<bool> IsSkipped, Deferred<Prediction> Prediction,
        Deferred<EquatableArray<SearchResult>> Searches);
}
