namespace FunctionalStack;

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
        Outer(plan.Seeded(seed.Fork("outer folds")).Split(data.Roles)).Bind(folds =>
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
            bases.Add(Predicted(one.Name, "base", one.Complexity, one.Fit, one.MayFail));
        var role = bases.Count > 0 ? "stack" : "learner";
        return [.. bases, Predicted(learner.Name, role, learner.Complexity, rows.Fit(learner, seed), false)];

        Entry Predicted(string name, string role, Complexity complexity, FittedLearner fit, bool mayFail) =>
            new(name, role, complexity, mayFail, () => fit.IsSkipped, fit.Predict(held).Through(outcome => outcome.At($"{name}, {place}")),
                // A result of its own, since models are released once they have predicted.
                rows.Join([fit.Trained], () => fit.Trained.Outcome.WithoutNotes().Map(trained => trained.Searches)));
    }

    // A stack has folds too, so notes say whose they are.
    private static Outcome<EquatableArray<Fold>> Outer(Outcome<EquatableArray<Fold>> split) => split is Outcome<EquatableArray<Fold>>.Ok ok
        ? new Outcome<EquatableArray<Fold>>.Ok(ok.Value,
            EquatableArray.From(ok.Notes.Select(note => note.Where == "folds" ? note with { Where = "outer folds" } : note)))
        : split;

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
                    predictions.Map<ScoredModel?>(found => ScoredModel.Of(one.Entry.Name, one.Entry.Role, data.Roles, folds, found)
                        with
                    { Complexity = one.Entry.Complexity }),
            }))
            .Map(scored => new Evaluation(folds, EquatableArray.From(scored.OfType<ScoredModel>()))
            {
                Skipped = skipped,
                Searches = EquatableArray.From(outer.Select(fold => fold[^1].Searches.Outcome.Match(found => found, _ => default))),
            });
    }

    private sealed record Entry(string Name, string Role, Complexity Complexity, bool MayFail, Func<bool> IsSkipped,
        Deferred<Prediction> Prediction, Deferred<EquatableArray<SearchResult>> Searches);
}
