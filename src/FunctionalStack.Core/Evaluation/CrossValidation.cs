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
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Run(learner, data, plan, seed, default, progress, cancellation);

    /// <summary>
    /// <see cref="Evaluate"/> with a learning curve: <paramref name="learner"/> is also fitted on shares of the training rows of each
    /// outer fold, and scored on the same held-out rows. The last point of <see cref="Evaluation.LearningCurve"/> is the evaluation itself,
    /// and everything else is that of <see cref="Evaluate"/>, bit for bit. Shares are drawn by <paramref name="seed"/> and nested: with
    /// times they are the latest rows, with groups whole groups, of classes the same share of each. A share of a fold that the learner
    /// cannot be fitted on leaves its point out, with a note.
    /// </summary>
    /// <param name="executor">Runs the fits.</param>
    /// <param name="learner">The learner. The bases of a stack are not fitted alone on shares.</param>
    /// <param name="data">The rows.</param>
    /// <param name="plan">The outer folds.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="shares">The shares, each above 0 and at most 1, in any order; 1 is always one of them. By default a tenth, a fifth,
    /// two fifths and seven tenths, which together cost 1.4 times the fits of the learner.</param>
    /// <param name="progress">Gets the progress.</param>
    /// <param name="cancellation">Cancels between two fits, or between two parts of a fit.</param>
    public static Outcome<Evaluation> LearningCurve(
        this IExecutor executor, ILearner learner, Dataset data, FoldPlan plan, Seed seed, EquatableArray<double> shares = default,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        EquatableArray<double> used = shares.Count == 0 ? [0.1, 0.2, 0.4, 0.7] : shares;
        return used.Where(share => !(share > 0 && share <= 1)).ToArray() is [var wrong, ..]
            ? Outcome.Fail<Evaluation>("learning curve", $"a share of the training rows is {wrong}", "Give shares above 0 and at most 1.")
            : executor.Run(learner, data, plan, seed, [.. used.Append(1).Distinct().Order()], progress, cancellation);
    }

    private static Outcome<Evaluation> Run(this IExecutor executor, ILearner learner, Dataset data, FoldPlan plan, Seed seed,
        EquatableArray<double> shares, IProgress<FitProgress>? progress, CancellationToken cancellation) =>
        learner.Refuse<Evaluation>(data) ??
        Outer(plan.Seeded(seed.Fork("outer folds")).Split(data.Roles)).Bind(folds =>
        {
            var graph = new FitGraph();
            var all = graph.Over(data);
            var seeds = folds.Select((_, i) => seed.Fork("outer").Fork(i)).ToArray();
            var outer = folds.Select((fold, i) => Unfold(all.Staged(i), learner, fold, seeds[i], Place(i, folds))).ToArray();
            // In later stages, so that the evaluation comes first.
            var curve = shares.Select((share, at) => new CurveFits(share, EquatableArray.From(folds.Select((fold, i) => share == 1
                ? CurveFit.Whole(all.Staged(i).Take(fold.Train), fold, outer[i][^1].Fit, outer[i][^1].Prediction)
                : CurveFit.Part(all.Staged((shares.Count - at) * folds.Count + i), learner, fold, share,
                    (seeds[i], seed.Fork("learning curve").Fork(i)), Place(i, folds)))))).ToArray();
            return graph.Run<Evaluation>(executor, progress, cancellation)
                ?? Score(learner, data, folds, outer, graph.Skipped).Bind(found => Outcome.All(curve.Select(one => one.Score(data, folds)))
                    .Map(points => found with { LearningCurve = EquatableArray.From(points.OfType<LearningPoint>()) }));
        }).Noted((evaluation, notes) => evaluation with { Notes = notes });

    private static string Place(int fold, EquatableArray<Fold> folds) => $"outer fold {fold + 1} of {folds.Count}";

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
            new(name, role, complexity, mayFail, fit, fit.Predict(held).Through(outcome => outcome.At($"{name}, {place}")),
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
        if (outer.SelectMany(fold => fold).Where(entry => !entry.MayFail && !entry.Fit.IsSkipped).Select(entry => entry.Prediction.Outcome)
            .OfType<Outcome<Prediction>.Fail>().FirstOrDefault() is { } failed)
        {
            return new Outcome<Evaluation>.Fail(failed.Failure);
        }

        return Outcome.All(outer[0]
            .Select((entry, at) => (Entry: entry, All: Outcome.All(outer.Select(fold => fold[at].Prediction.Outcome))))
            .Where(one => !one.Entry.Fit.IsSkipped)
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

    private sealed record Entry(string Name, string Role, Complexity Complexity, bool MayFail, FittedLearner Fit,
        Deferred<Prediction> Prediction, Deferred<EquatableArray<SearchResult>> Searches);
}
