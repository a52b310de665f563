namespace FunctionalStack;

/// <summary>
/// The long calls, on as many threads as are given (at least 1), with progress and cancellation. Their number changes no
/// bit of any result. Cancellation is an <see cref="OperationCanceledException"/> between two fits. In place of threads an
/// executor may be given: <c>Executor.Threads(4, budget).Through(journal)</c>.
/// </summary>
public static class Running
{
    /// <summary>The model of these rows.</summary>
    public static Outcome<IModel> Fit(
        this ILearner learner, Dataset data, Seed seed, int threads,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Fit(data, seed, Executor.Threads(threads), progress, cancellation);

    /// <inheritdoc cref="Fit(ILearner, Dataset, Seed, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<IModel> Fit(
        this ILearner learner, Dataset data, Seed seed, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Fit(Meaning(learner, data), data, seed, progress, cancellation);

    /// <summary>The model of these rows with what every base, and the learner above them, said out of fold.</summary>
    public static Outcome<StackFit> FitStack(
        this Stack stack, Dataset data, Seed seed, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        Executor.Threads(threads).FitStack(stack, data, seed, progress, cancellation);

    /// <inheritdoc cref="FitStack(Stack, Dataset, Seed, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<StackFit> FitStack(
        this Stacked stack, Dataset data, Seed seed, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        stack.For(data.Roles).FitStack(data, seed, threads, progress, cancellation);

    /// <inheritdoc cref="FitStack(Stack, Dataset, Seed, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<StackFit> FitStack(
        this Stack stack, Dataset data, Seed seed, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.FitStack(stack, data, seed, progress, cancellation);

    /// <inheritdoc cref="FitStack(Stack, Dataset, Seed, int, IProgress{FitProgress}?, CancellationToken)"/>
    public static Outcome<StackFit> FitStack(
        this Stacked stack, Dataset data, Seed seed, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.FitStack(stack.For(data.Roles), data, seed, progress, cancellation);

    /// <summary>
    /// Scores on rows held out, by the usual <paramref name="folds"/> folds (<see cref="FoldPlan.For"/>), shuffled by the
    /// seed's fork <c>folds</c>. Of a stack, every base is scored too.
    /// </summary>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, int folds = 5, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Evaluate(data, seed, FoldPlan.For(data.Roles, folds, seed.Fork("folds")), threads, progress, cancellation);

    /// <summary>Scores on the rows that <paramref name="plan"/> holds out. Of a stack, every base is scored too.</summary>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, int threads = 1,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        learner.Evaluate(data, seed, plan, Executor.Threads(threads), progress, cancellation);

    /// <summary>Scores on the rows that <paramref name="plan"/> holds out. Of a stack, every base is scored too.</summary>
    public static Outcome<Evaluation> Evaluate(
        this ILearner learner, Dataset data, Seed seed, FoldPlan plan, IExecutor executor,
        IProgress<FitProgress>? progress = null, CancellationToken cancellation = default) =>
        executor.Evaluate(Meaning(learner, data), data, plan, seed, progress, cancellation);

    /// <summary>The prediction of each row, as <see cref="IModel.Predict"/> has it.</summary>
    public static Outcome<Prediction> Predict(this IModel model, Frame rows, int threads, CancellationToken cancellation = default) =>
        Executor.Threads(threads).Predict(model, rows, cancellation);

    // Evaluation tells a stack's bases apart only where it sees the stack itself.
    private static ILearner Meaning(ILearner learner, Dataset data) => learner is Stacked stacked ? stacked.For(data.Roles) : learner;
}
