namespace FunctionalStack;

/// <summary>
/// Fitting and predicting. Everything that can be validated from the spec, the target and the roles of the rows is validated before any
/// fit.
/// </summary>
public static class Fitting
{
    /// <summary>Fits a learner on the calling thread.</summary>
    public static Outcome<Trained> Fit(this ILearner learner, Dataset data, Seed seed) => Executor.Inline.Fit(learner, data, seed);

    /// <summary>Fits a transform on the calling thread.</summary>
    public static Outcome<Fitted> Fit(this ITransform transform, Dataset data, Seed seed) => Executor.Inline.Fit(transform, data, seed);

    /// <summary>Fits a learner. A stack is also scored by its out-of-fold predictions.</summary>
    public static Outcome<Trained> Fit(
        this IExecutor executor, ILearner learner, Dataset data, Seed seed,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (learner.Refuse<Trained>(data) is { } refused) return refused;
        var graph = new FitGraph();
        var trained = graph.Over(data).Scored().Fit(learner, seed).Trained;
        return graph.Run<Trained>(executor, progress, cancellation) ??
            trained.Outcome.Match<Outcome<Trained>>(
                found => new Outcome<Trained>.Ok(
                    found.Reported(data, seed, trained.Outcome.Notes, graph.Skipped), trained.Outcome.Notes),
                failure => new Outcome<Trained>.Fail(failure));
    }

    /// <summary>Fits a transform.</summary>
    public static Outcome<Fitted> Fit(
        this IExecutor executor, ITransform transform, Dataset data, Seed seed,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (transform.Refuse<Fitted>(data) is { } refused) return refused;
        var graph = new FitGraph();
        var fitted = graph.Over(data).Fit(transform, seed);
        return graph.Run<Fitted>(executor, progress, cancellation)
            ?? fitted.Fitted.Outcome.Map(found => found with { Covered = fitted.Covered });
    }

    /// <summary>The model alone, without the scores of a stack. For learners that fit other learners inside their own fit.</summary>
    public static Outcome<IModel> FitModel(this ILearner learner, Dataset data, Seed seed)
    {
        if (learner.Refuse<IModel>(data) is { } refused) return refused;
        var graph = new FitGraph();
        var trained = graph.Over(data).Fit(learner, seed).Trained;
        return graph.Run<IModel>(Executor.Inline, null, default) ?? trained.Outcome.Map(found => found.Model);
    }

    /// <summary>
    /// The model's predictions (<see cref="IModel.Predict"/>), with large frames divided among threads. The prediction of a row does
    /// not depend on the other rows, so the result is the same for any executor, bit for bit.
    /// </summary>
    public static Outcome<Prediction> Predict(this IExecutor executor, IModel model, Frame rows, CancellationToken cancellation = default)
    {
        // Converted as a whole, so that notes count all rows and all parts have the same levels.
        if (model is IConformingModel conforming)
        {
            return conforming.Conform(rows).Bind(conformed => executor.Predict(conforming.Model, conformed, cancellation));
        }

        // Large enough to make the fixed cost per call negligible, such as packing all rows for a search.
        const int rowsOfPart = 2048;
        var count = Math.Clamp(rows.RowCount / rowsOfPart, 1, 16);
        var graph = new FitGraph();
        var parts = Enumerable.Range(0, count).Select(part =>
        {
            var (from, to) = ((int)((long)rows.RowCount * part / count), (int)((long)rows.RowCount * (part + 1) / count));
            var own = EquatableArray.From(Enumerable.Range(from, to - from));
            return (Rows: own, Prediction: graph.Join("predict", [], new(), () => model.Predict(count == 1 ? rows : rows.Take(own))));
        }).ToArray();
        executor.Run(graph, null, cancellation);
        return count == 1
            ? parts[0].Prediction.Outcome
            : Outcome.All(parts.Select(part => part.Prediction.Outcome)).Map(all =>
                Prediction.Assemble([.. parts.Select((part, i) => (part.Rows, all[i]))], EquatableArray.Range(rows.RowCount)));
    }

    /// <summary>Runs a graph, unless it is already known to fail.</summary>
    internal static Outcome<T>? Run<T>(this FitGraph graph, IExecutor executor, IProgress<FitProgress>? progress,
        CancellationToken cancellation)
    {
        if (graph.Refusal is { } refusal) return new Outcome<T>.Fail(refusal);
        if (executor.Budget.TimeIsUp is not null && !graph.HasOptional)
        {
            return Outcome.Fail<T>("time budget",
                "the spec contains no stack with several bases, and no trials of a search, that could be skipped",
                "Leave the time budget out, or use a stack or tuned.");
        }

        executor.Run(graph, progress, cancellation);
        return null;
    }
}
