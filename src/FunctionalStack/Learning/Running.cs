namespace FunctionalStack;

/// <summary>
/// Fits, evaluates and predicts on several threads (at least 1), with progress and cancellation. The number of threads does not
/// change the results. Cancellation throws an <see cref="OperationCanceledException"/> between two fits, or between two parts of
/// a fit. Instead of threads, an executor can be given: <c>Executor.Threads(4, budget).Through(journal)</c>.
/// </summary>
public static class Running
{
    /// <summary>Fits the learner. The result has the model and the notes and, if the learner contains a stack, the out-of-fold predictions
    /// and scores.</summary>
    public static Outcome<Trained> Fit(
        this ILearner learner, Dataset data, Seed seed, int threads,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Fit(data, seed, Executor.Threads(threads), progress, cancellation);

    /// <inheritdoc cref="Fit(ILearner, Dataset, Seed, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<Trained> Fit(
        this ILearner learner, Dataset data, Seed seed, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Fit(learner, data, seed, progress, cancellation);

    /// <summary>Cross-validates the learner with <paramref name="folds"/> folds of the default plan (<see cref="FoldPlan.Usual"/>). The
    /// bases of a stack are scored too.</summary>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, int folds = 5, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Evaluate(data, seed, new FoldPlan.Usual(folds), threads, progress, cancellation);

    /// <summary>Cross-validates the learner with the folds of <paramref name="plan"/>. The bases of a stack are scored too.</summary>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Evaluate(data, seed, plan, Executor.Threads(threads), progress, cancellation);

    /// <inheritdoc cref="Evaluate(ILearner, Dataset, Seed, FoldPlan, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Evaluate(learner, data, plan, seed, progress, cancellation);

    /// <summary>
    /// Cross-validates the learner with <paramref name="folds"/> folds of the default plan, and also scores it fitted on a tenth, a fifth,
    /// two fifths and seven tenths of the training rows of each fold: <see cref="Evaluation.LearningCurve"/>. The held-out rows are the
    /// same for all, and smaller shares are part of larger ones. It takes more than twice the time of <c>Evaluate</c>.
    /// </summary>
    public static Outcome<Evaluation> LearningCurve(
        this ILearner learner, Dataset data, Seed seed, int folds = 5, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.LearningCurve(data, seed, new FoldPlan.Usual(folds), Executor.Threads(threads), default, progress, cancellation);

    /// <summary>The same with the folds of <paramref name="plan"/> and these <paramref name="shares"/> of the training rows, each above 0
    /// and at most 1. A share that the learner cannot be fitted on is left out, with a note.</summary>
    public static Outcome<Evaluation> LearningCurve(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, IExecutor executor, EquatableArray<double> shares = default,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.LearningCurve(learner, data, plan, seed, shares, progress, cancellation);

    /// <summary>Fits the learner on a thread of its own, which can use more. The result is that of the method without a task.</summary>
    /// <returns>The task. It is cancelled between two fits, or between two parts of a fit, once <paramref name="cancellation"/>
    /// is.</returns>
    public static Task<Outcome<Trained>> FitAsync(
        this ILearner learner, Dataset data, Seed seed, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.FitAsync(data, seed, Executor.Threads(threads), progress, cancellation);

    /// <inheritdoc cref="FitAsync(ILearner, Dataset, Seed, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Task<Outcome<Trained>> FitAsync(
        this ILearner learner, Dataset data, Seed seed, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        OnItsOwn(() => executor.Fit(learner, data, seed, progress, cancellation), cancellation);

    /// <summary>Cross-validates the learner with <paramref name="folds"/> folds of the default plan on a thread of its own, which can use
    /// more.</summary>
    /// <returns>The task. It is cancelled between two fits, or between two parts of a fit, once <paramref name="cancellation"/>
    /// is.</returns>
    public static Task<Outcome<Evaluation>> EvaluateAsync(
        this ILearner learner, Dataset data, Seed seed, int folds = 5, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.EvaluateAsync(data, seed, new FoldPlan.Usual(folds), Executor.Threads(threads), progress, cancellation);

    /// <summary>The same with the folds of <paramref name="plan"/>.</summary>
    /// <inheritdoc cref="EvaluateAsync(ILearner, Dataset, Seed, int, int, IProgress{FitProgress}?, CancellationToken)" path="returns"/>
    public static Task<Outcome<Evaluation>> EvaluateAsync(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        OnItsOwn(() => executor.Evaluate(learner, data, plan, seed, progress, cancellation), cancellation);

    /// <summary>Predicts each row; the same predictions as <see cref="IModel.Predict"/>.</summary>
    public static Outcome<Prediction> Predict(this IModel model, Frame rows, int threads, CancellationToken cancellation = default) =>
        Executor.Threads(threads).Predict(model, rows, cancellation);

    /// <summary>Predicts each row, and throws an exception on failure.</summary>
    /// <exception cref="OutcomeException">A column that the model needs is absent, or has values that the model cannot read.</exception>
    public static Prediction PredictOrThrow(this IModel model, Frame rows) => model.Predict(rows).OrThrow();

    // A fit is long, and would block a thread of the pool.
    private static Task<T> OnItsOwn<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
