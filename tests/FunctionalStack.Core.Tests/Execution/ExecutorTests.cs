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
        public Outcome<Prediction> Predict(Frame rows) =>
            Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.From(((Column.Numeric)rows["x"]).ToArray().Select(x => 2 * x))));
    }

    [Fact]
    public void A_graph_without_tasks_runs() => Assert.All(
        new[] { Executor.Inline, Executor.Threads(3) },
        executor => executor.Run(new FitGraph(), null, CancellationToken.None));

    [Fact]
    public void Threads_work_side_by_side_and_never_more_than_allowed()
    {
        // Three fits that wait for one another can end only if three run at a time.
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var meeting = new Barrier(3);
        var three =
            new Union([.. Enumerable.Range(0, 3)
                .Select(i => new Part($"{i}", new Meeting($"{i}", _ => meeting.SignalAndWait(TimeSpan.FromSeconds(30)))))]);
        Executor.Threads(3).Fit(three, data, Seed.Of(1)).OrThrow();
        Assert.Equal(1, meeting.CurrentPhaseNumber);

        var (running, most, gate) = (0, 0, new object());
        var crowd = new Union([.. Enumerable.Range(0, 20).Select(i => new Part($"{i}", new Meeting($"{i}", _ =>
        {
            var now = Interlocked.Increment(ref running);
            lock (gate) most = Math.Max(most, now);
            Thread.Yield();
            Interlocked.Decrement(ref running);
        })))]);
        Executor.Threads(2).Fit(crowd, data, Seed.Of(1)).OrThrow();
        Assert.InRange(most, 1, 2);
    }

    /// <summary>What nobody will ask for again is let go, and one outer fold is finished before the next begins.</summary>
    [Fact]
    public void Models_are_let_go_once_nothing_will_need_them()
    {
        var data =
            new Dataset(Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, 40).Select(i => (double)i)]))),
                new Target.Numeric(EquatableArray.Own(new double[40])));
        var made = new List<WeakReference>();
        var most = 0;
        var stack = new Stack(
            [.. Enumerable.Range(0, 3).Select(i => new Base($"{i}", new Counted(i, model =>
            {
                lock (made)
                {
                    made.Add(new(model));
                    GC.Collect();
                    most = Math.Max(most, made.Count(one => one.IsAlive));
                }
            })))],
            new Shares(),
            new FoldPlan.KFold(4));
        foreach (var threads in new[] { 1, 2 })
        {
            made.Clear();
            most = 0;
            Executor.Threads(threads).Evaluate(stack, data, new FoldPlan.KFold(5), Seed.Of(1)).OrThrow();

            // An outer fold fits 3 bases alone and by 4 folds each: 75 models in all.
            Assert.Equal(75, made.Count);
            // Fifteen of one outer fold, and what fits that got ahead of it or a collection that came late still hold: on a busy machine
            // some more.
            Assert.InRange(most, 12, 40);
        }
    }

    private sealed record Meeting(string Name, Action<Dataset> Do) : ILeafTransform
    {
        public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
        {
            Do(data);
            return Outcome.Ok(new Fitted(Frame.Empty(data.RowCount), new Identity()));
        }
    }

    private sealed record Counted(int Number, Action<IModel> Report) : ILeafLearner
    {
        public string Name => "counted";

        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
        {
            var model = new ConstantModel(new Prediction.Numeric(EquatableArray.Of((double)Number)));
            Report(model);
            return Outcome.Ok<IModel>(model);
        }
    }
}
