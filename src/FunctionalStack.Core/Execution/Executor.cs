namespace FunctionalStack;

/// <summary>How far a run is: work done and to do, and what was finished last.</summary>
public readonly record struct FitProgress(int Done, int Total, string Label);

/// <summary>Runs the tasks of a graph, each after its needs. Which executor runs a graph changes no bit of its results.</summary>
public interface IExecutor
{
    /// <summary>What a run may take.</summary>
    Budget Budget => Budget.None;

    /// <exception cref="OperationCanceledException">Cancelled between two tasks, or between two parts of a step inside one.</exception>
    void Run(FitGraph graph, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default);
}

/// <summary>Ways to run a fit.</summary>
public static class Executor
{
    /// <summary>One task after another, on the caller's thread.</summary>
    public static IExecutor Inline { get; } = new InlineExecutor();

    /// <summary>At most <paramref name="threads"/> threads at work, the caller's included.</summary>
    public static IExecutor Threads(int threads) => threads == 1 ? Inline : new ThreadedExecutor(threads);

    /// <summary>At most so many threads at work, kept within <paramref name="budget"/>.</summary>
    public static IExecutor Threads(int threads, Budget budget) => budget == Budget.None ? Threads(threads) : new ThreadedExecutor(threads, budget);

    /// <summary>The same executor, which asks <paramref name="journal"/> before each fit and tells it after.</summary>
    public static IExecutor Through(this IExecutor executor, IJournal journal) => new JournaledExecutor(executor, journal);

    /// <summary>As many threads as there are processors.</summary>
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
