using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Execution;

public class ExecutorTests
{
    [Fact]
    public void Fewer_than_one_thread_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Executor.Threads(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Executor.Threads(-2));
        Assert.Same(Executor.Inline, Executor.Threads(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(10_007)]
    public void Rows_shared_out_get_the_predictions_that_they_get_together(int count)
    {
        var rows = Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, count).Select(i => 1.0 / (i + 1))])));
        var model = new Doubling();
        Assert.Equal(model.Predict(rows).OrThrow(), Executor.Inline.Predict(model, rows).OrThrow());
        Assert.Equal(model.Predict(rows).OrThrow(), Executor.Threads(3).Predict(model, rows).OrThrow());
    }

    private sealed record Doubling : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(new Prediction.Estimates(Values.From(((Column.Numeric)rows["x"]).ToArray().Select(x => 2 * x))));
    }

    [Fact]
    public void A_graph_without_tasks_runs() => Assert.All(
        new[] { Executor.Inline, Executor.Threads(3) },
        executor => executor.Run(new FitGraph(), null, CancellationToken.None));

    [Fact]
    public void Threads_work_side_by_side_and_never_more_than_allowed()
    {
        // Three tasks that wait for one another can end only if three run at a time.
        var meeting = new Barrier(3);
        var graph = new FitGraph();
        for (var i = 0; i < 3; i++) graph.Add("meet", [], () => meeting.SignalAndWait(TimeSpan.FromSeconds(30)));
        Executor.Threads(3).Run(graph);
        Assert.Equal(1, meeting.CurrentPhaseNumber);

        var (running, most) = (0, 0);
        var crowd = new FitGraph();
        for (var i = 0; i < 20; i++)
        {
            crowd.Add("count", [], () =>
            {
                var now = Interlocked.Increment(ref running);
                lock (crowd) most = Math.Max(most, now);
                Thread.Yield();
                return Interlocked.Decrement(ref running);
            });
        }

        Executor.Threads(2).Run(crowd);
        Assert.InRange(most, 1, 2);
    }
}
