using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 5: same data, spec and seed give an equal model, whoever runs the fits.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class ExecutionLaws
{
    private static readonly IExecutor[] executors = [Executor.Inline, Executor.Threads(1), Executor.Threads(2), Executor.Threads(3), Executor.Threads(8), Executor.AllProcessors];

    [Property]
    public void Fitting_twice_gives_an_equal_model(AnyLearner any, Seed seed) => Assert.Equal(any.Learner.Fit(any.Data, seed), any.Learner.Fit(any.Data, seed));

    [Property]
    public void Every_executor_gives_the_model_failure_and_notes_of_the_sequential_meaning(AnyLearner any, Seed seed)
    {
        var expected = any.Learner.Fit(any.Data, seed);
        foreach (var executor in executors)
        {
            var outcome = executor.Fit(any.Learner, any.Data, seed);
            Assert.Equal(expected, outcome);
            Assert.Equal(expected.Map(model => model.Predict(any.Data.Frame).OrThrow()), outcome.Map(model => model.Predict(any.Data.Frame).OrThrow()));
        }
    }

    [Property]
    public void Every_executor_fits_transforms_alike(AnyTransform any, Seed seed)
    {
        var expected = any.Transform.Fit(any.Data, seed);
        Assert.All(executors, executor => Assert.Equal(expected, executor.Fit(any.Transform, any.Data, seed)));
    }

    [Property]
    public void So_does_every_order_of_tasks_that_respects_their_needs(AnyLearner any, Seed seed, Seed order) =>
        Assert.Equal(any.Learner.Fit(any.Data, seed), new AnyOrder(order).Fit(any.Learner, any.Data, seed));

    [Fact]
    public void Most_random_compositions_can_be_fitted_and_some_cannot()
    {
        var samples = Arbitraries.Learners().Generator.Sample(200, 300);
        var fitted = samples.Count(sample => sample.Learner.Fit(sample.Data, Seed.Of(1)) is Outcome<IModel>.Ok);
        Assert.InRange(fitted, samples.Count() / 2, samples.Count() - 10);
    }

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
        Assert.Equal(graph.Tasks.Where(task => task.Counted).Select(task => task.Label).Order(), reports.Seen.Select(report => report.Label).Order());
    });

    [Fact]
    public void A_failure_names_base_fold_and_reason_whoever_runs_it()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), Target.Classes.Of("a", "a", "b", "b", "c", "c"));
        var stack = new Stack([new("fine", new Shares()), new("picky", new NeedsEveryClass(new Shares()))], new Shares(), new FoldPlan.KFold(3));
        var expected = new Failure("picky, fold 1 of 3: shares", "no row has class 'a'", "Bring rows of every class.");
        Assert.Equal(new Outcome<IModel>.Fail(expected), stack.Fit(data, Seed.Of(1)));
        Assert.All(executors, executor => Assert.Equal(new Outcome<IModel>.Fail(expected), executor.Fit(stack, data, Seed.Of(1))));

        var left = stack with { OnFailure = OnFailure.LeaveOut };
        Assert.Contains(left.Fit(data, Seed.Of(1)).Notes, note => note == new Note(expected.Where, $"left out: {expected.What}. {expected.Mend}"));
        Assert.All(executors, executor => Assert.Equal(left.Fit(data, Seed.Of(1)), executor.Fit(left, data, Seed.Of(1))));
    }

    [Fact]
    public void The_failure_of_the_first_part_of_a_chain_comes_before_that_of_the_second()
    {
        // The second part's plan cannot split at all, which is known before anything is fitted.
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Values(Values.Of(1.0, 2, 3, 4)));
        var learner = new NeedsRows(99, new Shares()).CrossFit("first", new FoldPlan.KFold(2)).Then(new Shares().CrossFit("second", new FoldPlan.KFold(9))).Then(new Shares());
        var expected = learner.Fit(data, Seed.Of(1));
        Assert.StartsWith("first, fold 1 of 2", expected.Match(_ => "", failure => failure.Where));
        Assert.All(executors, executor => Assert.Equal(expected, executor.Fit(learner, data, Seed.Of(1))));
    }

    [Fact]
    public void Nothing_is_fitted_after_what_fails_for_all()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Values(Values.Of(1.0, 2, 3, 4)));
        var tally = new Tally();
        var counting = new Counting(tally);
        var stack = new Stack([new("before", counting), new("bad", new NeedsRows(99, counting)), new("after", counting)], counting, new FoldPlan.KFold(4));
        var expected = stack.Fit(data, Seed.Of(1));
        Assert.StartsWith("bad, fold 1 of 4", expected.Match(_ => "", failure => failure.Where));
        Assert.Equal(4, tally.Fits);
        Assert.Equal(expected, Executor.Inline.Fit(stack, data, Seed.Of(1)));
        Assert.Equal(8, tally.Fits);
        Assert.All(executors, executor => Assert.Equal(expected, executor.Fit(stack, data, Seed.Of(1))));
        Assert.All(executors, executor => Assert.Equal(expected, executor.FitStack(stack, data, Seed.Of(1)).Map(fit => fit.Model)));

        // Where it is left out, all others are fitted: 4 folds of two bases, and the meta learner.
        tally.Fits = 0;
        Assert.All(executors, executor => Assert.Equal((stack with { OnFailure = OnFailure.LeaveOut }).Fit(data, Seed.Of(1)), executor.Fit(stack with { OnFailure = OnFailure.LeaveOut }, data, Seed.Of(1))));
        Assert.Equal(2 * 9 * executors.Length, tally.Fits);
    }

    [Fact]
    public void Cancelled_before_or_between_tasks_a_run_stops()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Values(Values.Of(1.0, 2, 3, 4)));
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
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Values(Values.Of(1.0, 2, 3, 4)));
        Assert.All(executors, executor =>
        {
            using var source = new CancellationTokenSource();
            Assert.IsType<Outcome<IModel>.Ok>(executor.Fit(new Shares(), data, Seed.Of(1), new Reports(report => source.CancelIf(report.Done == report.Total)), source.Token));
        });
    }

    [Fact]
    public void What_a_task_throws_surfaces_as_it_was_thrown()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Values(Values.Of(1.0, 2, 3, 4)));
        var stack = new Stack([new("a", new Digest()), new("b", new Throwing())], new Shares(), new FoldPlan.KFold(2));
        Assert.All(executors, executor => Assert.Equal("thrown in Fit", Assert.Throws<NotSupportedException>(() => executor.Fit(stack, data, Seed.Of(1))).Message));
    }

    [Fact]
    public void What_a_progress_bar_throws_surfaces_too()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Values(Values.Of(1.0, 2, 3, 4)));
        Assert.All(executors, executor =>
            Assert.Throws<NotSupportedException>(() => executor.Fit(new Committee(5), data, Seed.Of(1), new Reports(_ => throw new NotSupportedException()))));
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

    private sealed class Tally
    {
        private int fits;

        public int Fits
        {
            get => fits;
            set => fits = value;
        }

        public void Count() => Interlocked.Increment(ref fits);
    }

    private sealed record Counting(Tally Tally) : ILearner
    {
        public string Name => "counting";

        public Outcome<IModel> Fit(Dataset data, Seed seed)
        {
            Tally.Count();
            return new Shares().Fit(data, seed);
        }
    }

    private sealed record Throwing : ILearner
    {
        public string Name => "throwing";

        public Outcome<IModel> Fit(Dataset data, Seed seed) => throw new NotSupportedException("thrown in Fit");
    }
}

internal static class Cancelling
{
    public static void CancelIf(this CancellationTokenSource source, bool now)
    {
        if (now) source.Cancel();
    }
}
