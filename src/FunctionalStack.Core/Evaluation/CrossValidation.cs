namespace FunctionalStack;

/// <summary>How learners did on rows held out.</summary>
/// <param name="Folds">The outer folds, shared by all.</param>
/// <param name="Contenders">A stack's bases in order, then the stack; or the one learner.</param>
public sealed record Evaluation(Values<Fold> Folds, Values<Contender> Contenders)
{
    /// <summary>The learner that was evaluated: the last of the contenders.</summary>
    public Contender Whole => Contenders[^1];

    /// <summary>Bases that a time budget left out, of the contenders and of the stack alike.</summary>
    public Values<string> Skipped { get; init; }
}

/// <summary>Cross-validation: fit on each fold's training rows, score on its held-out rows.</summary>
public static class CrossValidation
{
    /// <summary>
    /// Scores <paramref name="learner"/> over the outer folds of <paramref name="plan"/>, and, of a stack, every base
    /// alone, fitted on all training rows of the same folds. A stack's own folds run inside. All fits are one graph.
    /// </summary>
    public static Outcome<Evaluation> Evaluate(
        this IExecutor executor, ILearner learner, Dataset data, FoldPlan plan, Seed seed,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) => plan.Split(data.Roles).Bind(folds =>
    {
        var graph = new FitGraph();
        var scope = graph.Over(data);
        var contenders = Contenders(learner).Select(entry =>
        {
            var branch = entry.Role == "base" ? scope.Optional(entry.Name) : scope;
            var rows = entry.MayFail ? branch.Tolerant : branch;
            return (entry.Name, entry.Role, entry.MayFail, Rows: rows, Predictions: folds.Select((fold, i) =>
            {
                var outer = seed.Fork("outer").Fork(i);
                return Predict(rows, fold, entry.Learner, entry.Seed(outer), $"outer fold {i + 1} of {folds.Count}", entry.Name);
            }).ToArray());
        }).ToArray();
        executor.Run(graph, progress, cancellation);

        return Outcome.All(contenders.Where(entry => !entry.Rows.IsSkipped).Select(entry => Outcome.All(entry.Predictions.Select(p => p.Value)) switch
        {
            Outcome<Values<Prediction>>.Fail fail when entry.MayFail =>
                Outcome.Ok<Contender?>(null).Noting([fail.Failure.LeftOut]),
            var all => all.Map<Contender?>(predictions => Contender.Of(entry.Name, entry.Role, data.Roles, folds, predictions)),
        })).Map(scored => new Evaluation(folds, Values.From(scored.OfType<Contender>())) { Skipped = graph.Skipped });
    });

    private static Deferred<Outcome<Prediction>> Predict(FitScope scope, Fold fold, ILearner learner, Seed seed, string place, string name)
    {
        var train = scope.Take(fold.Train, place);
        return train.Predict(learner, seed, train.Fit(learner, seed, name), scope, fold.Holdout, $"{name}, {place}", $"{name}, predict");
    }

    private static IEnumerable<Entry> Contenders(ILearner learner) => learner switch
    {
        // A base alone is fitted by the seed of its refit: where the stack refits too, the graph fits it once.
        Stack stack =>
        [
            .. stack.Bases.Select(b => new Entry(b.Name, "base", b.Learner, stack.OnFailure == OnFailure.LeaveOut, outer => Stack.RefitSeedOf(b.Name, outer))),
            new(stack.Name, "stack", stack, false, outer => outer),
        ],
        // What stands before a stack stands before each of its bases.
        Pipeline pipeline => Contenders(pipeline.Learner).Select(entry => entry with { Learner = pipeline.Transform.Then(entry.Learner) }),
        _ => [new(learner.Name, "learner", learner, false, outer => outer)],
    };

    private sealed record Entry(string Name, string Role, ILearner Learner, bool MayFail, Func<Seed, Seed> Seed);
}
