namespace FunctionalStack;

/// <summary>
/// The long calls, on as many threads as are given (at least 1), with progress and cancellation. Their number changes no
/// bit of any result. Cancellation is an <see cref="OperationCanceledException"/> between two fits, or two parts of a step inside one. In place of threads an
/// executor may be given: <c>Executor.Threads(4, budget).Through(journal)</c>.
/// </summary>
public static class Running
{
    /// <summary>The model of these rows with what came of its fit: notes, and, where the learner holds a stack, out-of-fold predictions and scores.</summary>
    public static Outcome<Trained> Fit(
        this ILearner learner, Dataset data, Seed seed, int threads,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Fit(data, seed, Executor.Threads(threads), progress, cancellation);

    /// <inheritdoc cref="Fit(ILearner, Dataset, Seed, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<Trained> Fit(
        this ILearner learner, Dataset data, Seed seed, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Fit(learner, data, seed, progress, cancellation);

    /// <summary>Scores on rows held out, by the usual <paramref name="folds"/> folds (<see cref="FoldPlan.Usual"/>). Of a stack, every base is scored too.</summary>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, int folds = 5, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Evaluate(data, seed, new FoldPlan.Usual(folds), threads, progress, cancellation);

    /// <summary>Scores on the rows that <paramref name="plan"/> holds out. Of a stack, every base is scored too.</summary>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Evaluate(data, seed, plan, Executor.Threads(threads), progress, cancellation);

    /// <inheritdoc cref="Evaluate(ILearner, Dataset, Seed, FoldPlan, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Evaluate(learner, data, plan, seed, progress, cancellation);

    /// <summary>The prediction of each row, as <see cref="IModel.Predict"/> has it.</summary>
    public static Outcome<Prediction> Predict(this IModel model, Frame rows, int threads, CancellationToken cancellation = default) =>
        Executor.Threads(threads).Predict(model, rows, cancellation);

    /// <summary>The prediction of each row, for callers that treat failure as an exception.</summary>
    /// <exception cref="OutcomeException">A column that the model needs is absent, or holds what it cannot read.</exception>
    public static Prediction PredictOrThrow(this IModel model, Frame rows) => model.Predict(rows).OrThrow();
}
