namespace FunctionalStack;

/// <summary>How far a run is: work done and to do, and what was finished last.</summary>
public readonly record struct FitProgress(int Done, int Total, string Label);

/// <summary>Runs the tasks of a graph, each after its needs. Which executor runs a graph changes no bit of its results.</summary>
public interface IExecutor
{
    /// <exception cref="OperationCanceledException">Cancelled between two tasks.</exception>
    void Run(FitGraph graph, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default);
}

/// <summary>Ways to run a fit.</summary>
public static class Executor
{
    /// <summary>One task after another, on the caller's thread.</summary>
    public static IExecutor Inline { get; } = new InlineExecutor();

    /// <summary>At most <paramref name="threads"/> tasks at a time, the caller's thread included.</summary>
    public static IExecutor Threads(int threads) => threads == 1 ? Inline : new ThreadedExecutor(threads);

    /// <summary>At most so many tasks at a time, kept within <paramref name="budget"/>.</summary>
    public static IExecutor Threads(int threads, Budget budget) => budget == Budget.None ? Threads(threads) : new ThreadedExecutor(threads, budget);

    /// <summary>The same executor, which asks <paramref name="journal"/> before each fit and tells it after.</summary>
    public static IExecutor Through(this IExecutor executor, IJournal journal) => new JournaledExecutor(executor, journal);

    /// <summary>As many threads as there are processors.</summary>
    public static IExecutor AllProcessors => Threads(Environment.ProcessorCount);

    /// <summary>The same model as <see cref="ILearner.Fit"/>, with its leaf fits run by <paramref name="executor"/>.</summary>
    public static Outcome<IModel> Fit(this IExecutor executor, ILearner learner, Dataset data, Seed seed, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var graph = new FitGraph();
        var model = graph.Over(data).Fit(learner, seed);
        executor.Run(graph, progress, cancellation);
        return model.Value;
    }

    /// <summary>The same fitted transform as <see cref="ITransform.Fit"/>, with its leaf fits run by <paramref name="executor"/>.</summary>
    public static Outcome<Fitted> Fit(this IExecutor executor, ITransform transform, Dataset data, Seed seed, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        var graph = new FitGraph();
        var fitted = graph.Over(data).Fit(transform, seed);
        executor.Run(graph, progress, cancellation);
        return fitted.Value;
    }

    /// <summary>
    /// The model's predictions (<see cref="IModel.Predict"/>), long runs of rows shared out: a model predicts a row alike alone and in
    /// company, so who runs them changes no bit.
    /// </summary>
    public static Outcome<Prediction> Predict(this IExecutor executor, IModel model, Frame rows, CancellationToken cancellation = default)
    {
        // So long that what a model does once a call, such as packing all rows to be searched, hardly counts.
        const int rowsOfPart = 2048;
        var count = Math.Clamp(rows.RowCount / rowsOfPart, 1, 16);
        var graph = new FitGraph();
        var parts = Enumerable.Range(0, count).Select(part =>
        {
            var (from, to) = ((int)((long)rows.RowCount * part / count), (int)((long)rows.RowCount * (part + 1) / count));
            var own = Values.From(Enumerable.Range(from, to - from));
            return (Rows: own, Predicted: graph.Add("predict", [], () => model.Predict(count == 1 ? rows : rows.Take(own)), counted: true));
        }).ToArray();
        executor.Run(graph, null, cancellation);
        return count == 1
            ? parts[0].Predicted.Value
            : Outcome.All(parts.Select(part => part.Predicted.Value)).Map(all =>
                Prediction.Assemble([.. parts.Select((part, i) => (part.Rows, all[i]))], Values.Range(rows.RowCount)));
    }
}

internal sealed class InlineExecutor : IExecutor
{
    public void Run(FitGraph graph, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var total = graph.Tasks.Count(task => task.Counted);
        var done = 0;
        foreach (var task in graph.Tasks)
        {
            cancellation.ThrowIfCancellationRequested();
            task.Run();
            if (task.Counted) progress?.Report(new(++done, total, task.Label));
        }
    }
}

internal sealed class JournaledExecutor(IExecutor executor, IJournal journal) : IExecutor
{
    public void Run(FitGraph graph, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        graph.Journal = journal;
        executor.Run(graph, progress, cancellation);
    }
}
