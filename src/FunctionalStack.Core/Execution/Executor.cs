namespace FunctionalStack;

/// <summary>The progress of a run.</summary>
/// <param name="Done">The number of finished fits.</param>
/// <param name="Total">The number of fits in total.</param>
/// <param name="Label">The fit that finished last.</param>
public readonly record struct FitProgress(int Done, int Total, string Label);

/// <summary>Runs the tasks of a graph, each after its dependencies. The results do not depend on the executor, bit for bit.</summary>
public interface IExecutor
{
    /// <summary>The resources that a run may use.</summary>
    Budget Budget => Budget.None;

    /// <summary>Runs all tasks of the graph.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled, between two tasks or between two parts of a task.</exception>
    void Run(FitGraph graph, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default);
}

/// <summary>Executors.</summary>
public static class Executor
{
    /// <summary>Runs tasks sequentially on the calling thread.</summary>
    public static IExecutor Inline { get; } = new InlineExecutor();

    /// <summary>Uses at most <paramref name="threads"/> threads, including the calling thread.</summary>
    public static IExecutor Threads(int threads) => threads == 1 ? Inline : new ThreadedExecutor(threads);

    /// <summary>Uses at most <paramref name="threads"/> threads, within <paramref name="budget"/>.</summary>
    public static IExecutor Threads(int threads, Budget budget) =>
        budget == Budget.None ? Threads(threads) : new ThreadedExecutor(threads, budget);

    /// <summary>The same executor, which looks up each fit in <paramref name="journal"/> first and stores new results there.</summary>
    public static IExecutor Through(this IExecutor executor, IJournal journal) => new JournaledExecutor(executor, journal);

    /// <summary>Uses as many threads as there are processors.</summary>
#pragma warning disable RS0030 // The number of threads changes no bit of a result.
    public static IExecutor AllProcessors => Threads(Environment.ProcessorCount);
#pragma warning restore RS0030

    private sealed class InlineExecutor : IExecutor
    {
        public void Run(FitGraph graph, IProgress<FitProgress>? progress, CancellationToken cancellation)
        {
            var total = graph.Tasks.Count(task => task.Counted);
            var done = 0;
            var work = WorkSharing.Until(cancellation);
            foreach (var task in graph.Tasks)
            {
                cancellation.ThrowIfCancellationRequested();
                task.Run(work);
                if (task.Counted) progress?.Report(new(++done, total, task.Label));
            }
        }
    }

    private sealed class JournaledExecutor(IExecutor executor, IJournal journal) : IExecutor
    {
        public Budget Budget => executor.Budget;

        public void Run(FitGraph graph, IProgress<FitProgress>? progress, CancellationToken cancellation)
        {
            graph.Leaves = graph.Leaves.Through(journal);
            executor.Run(graph, progress, cancellation);
        }
    }
}
