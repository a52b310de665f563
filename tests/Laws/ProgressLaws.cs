using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>The progress reports of a run, and its cancellation.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class ProgressLaws
{
    private static readonly IExecutor[] executors = ExecutionLaws.executors;

    [Property]
    public void Progress_counts_from_1_to_the_total(AnyLearner any, Seed seed) => Assert.All(executors, executor =>
    {
        var reports = new Reports();
        var graph = new FitGraph();
        graph.Over(any.Data).Fit(any.Learner, seed);
        executor.Run(graph, reports);
        var total = graph.Tasks.Count(task => task.Counted);
        Assert.Equal(Enumerable.Range(1, total), reports.Seen.Select(report => report.Done));
        Assert.All(reports.Seen, report => Assert.Equal(total, report.Total));
        Assert.Equal(graph.Tasks.Where(task => task.Counted).Select(task => task.Label).Order(),
            reports.Seen.Select(report => report.Label).Order());
    });

    [Fact]
    public void Cancelled_before_or_between_tasks_a_run_stops()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var stack = new Stack([new("a", new Digest()), new("b", new Digest())], new Shares(), new FoldPlan.KFold(4));
        Assert.All(executors, executor =>
        {
            Assert.Throws<OperationCanceledException>(() => executor.Fit(stack, data, Seed.Of(1), null, new CancellationToken(true)));
            using var source = new CancellationTokenSource();
            var reports = new Reports(report => source.CancelIf(report.Done == 3));
            Assert.Throws<OperationCanceledException>(() => executor.Fit(stack, data, Seed.Of(1), reports, source.Token));
            Assert.InRange(reports.Seen.Count, 3, 8);
        });
    }

    [Fact]
    public void Cancelled_when_all_is_done_a_run_has_succeeded()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        Assert.All(executors, executor =>
        {
            using var source = new CancellationTokenSource();
            Assert.IsType<Outcome<Trained>.Ok>(executor.Fit(new Shares(), data, Seed.Of(1),
                new Reports(report => source.CancelIf(report.Done == report.Total)), source.Token));
        });
    }

    [Fact]
    public void What_a_task_throws_surfaces_as_it_was_thrown()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var stack = new Stack([new("a", new Digest()), new("b", new Throwing())], new Shares(), new FoldPlan.KFold(2));
        Assert.All(executors,
            executor =>
            Assert.Equal("thrown in Fit", Assert.Throws<NotSupportedException>(() => executor.Fit(stack, data, Seed.Of(1))).Message));
    }

    [Fact]
    public void What_a_progress_bar_throws_surfaces_too()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        Assert.All(executors, executor =>
            Assert.Throws<NotSupportedException>(() =>
                executor.Fit(new Committee(5), data, Seed.Of(1), new Reports(_ => throw new NotSupportedException()))));
    }

    private sealed class Reports(Action<FitProgress>? then = null) : IProgress<FitProgress>
    {
        public List<FitProgress> Seen { get; } = [];

        public void Report(FitProgress value)
        {
            Seen.Add(value);
            then?.Invoke(value);
        }
    }

    private sealed record Throwing : ILeafLearner
    {
        public string Name => "throwing";

        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => throw new NotSupportedException("thrown in Fit");
    }
}
internal static class Cancelling
{
    public static void CancelIf(this CancellationTokenSource source, bool now)
    {
        if (now) source.Cancel();
    }
}
