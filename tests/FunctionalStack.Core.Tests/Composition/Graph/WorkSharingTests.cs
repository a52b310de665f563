using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Execution;

public class WorkSharingTests
{
    private static readonly Dataset data = new(Frame.Empty(50_000), new Target.Numeric(EquatableArray.Own(new double[50_000])));

    /// <summary>Counts, part by part and parts of parts, how often each was done and by how many threads.</summary>
    private sealed record Counting(int Parts, Action<int> Each) : IParallelLearner
    {
        public string Name => "counting";

        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work)
        {
            var times = new int[Parts * Parts];
            for (var run = 0; run < 20; run++)
            {
                work.Run(Parts, outer => work.Run(Parts, inner =>
                {
                    Each(outer);
                    Interlocked.Increment(ref times[outer * Parts + inner]);
                }));
                if (times.Any(count => count != run + 1)) return Outcome.Fail<IModel>(Name, "a part was not done once", "Fix the sharing.");
            }

            return Outcome.Ok<IModel>(new ConstantModel(new Prediction.Numeric(EquatableArray.Of(0.0))));
        }
    }

    [Fact]
    public void Every_part_is_done_once_before_Run_returns_whoever_runs_it()
    {
        foreach (var executor in new[] { Executor.Inline, Executor.Threads(2), Executor.Threads(5) })
        {
            foreach (var parts in new[] { 0, 1, 2, 7, 40 })
                Assert.IsType<Outcome<Trained>.Ok>(executor.Fit(new Counting(parts, _ => { }), data, Seed.Of(1)));
        }
    }

    [Fact]
    public void Threads_with_nothing_else_to_do_help()
    {
        var seen = new HashSet<int>();
        var counting = new Counting(8, _ =>
        {
            lock (seen) seen.Add(Environment.CurrentManagedThreadId);
            Thread.Sleep(1);
        });
        Assert.IsType<Outcome<Trained>.Ok>(Executor.Threads(2).Fit(counting, data, Seed.Of(1)));
        Assert.Equal(2, seen.Count);
        seen.Clear();
        Assert.IsType<Outcome<Trained>.Ok>(Executor.Inline.Fit(counting, data, Seed.Of(1)));
        Assert.Single(seen);
    }

    [Fact]
    public void What_a_part_throws_surfaces_where_the_parts_were_run()
    {
        var thrown = new InvalidOperationException("part 3");
        var counting = new Counting(5, part =>
        {
            if (part == 3) throw thrown;
        });
        foreach (var executor in new[] { Executor.Inline, Executor.Threads(3) })
            Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => executor.Fit(counting, data, Seed.Of(1))));
    }

    [Fact]
    public void A_wait_for_a_long_part_does_not_keep_others_from_helping()
    {
        // One part waits until all others are done, by whoever has a thread.
        var done = 0;
        var counting = new Steps(work => work.Run(4, outer =>
        {
            if (outer == 0) SpinWait.SpinUntil(() => Volatile.Read(ref done) == 3, TimeSpan.FromSeconds(30));
            else work.Run(3, inner => Thread.Sleep(5 * inner));
            Interlocked.Increment(ref done);
        }));
        Assert.IsType<Outcome<Trained>.Ok>(Executor.Threads(3).Fit(counting, data, Seed.Of(1)));
        Assert.Equal(4, done);
    }

    [Fact]
    public void Nested_steps_of_several_fits_end_on_any_number_of_threads()
    {
        var bases = EquatableArray.From(Enumerable.Range(0, 6).Select(i => new Base($"b{i}", new Counting(5, _ => Thread.SpinWait(200)))));
        var stack = new Stack(bases, new Shares(), new FoldPlan.KFold(2));
        foreach (var threads in new[] { 2, 3, 8 })
            Assert.IsType<Outcome<Trained>.Ok>(Executor.Threads(threads).Fit(stack, data.Take(EquatableArray.Range(60)), Seed.Of(1)));
    }

    /// <summary>A fit of many parts, such as a forest's, need not end before a run does.</summary>
    [Fact]
    public void Cancelled_a_fit_ends_between_two_of_its_parts()
    {
        foreach (var executor in new[] { Executor.Inline, Executor.Threads(1, new Budget(Memory: 1)), Executor.Threads(3) })
        {
            using var source = new CancellationTokenSource();
            var begun = 0;
            var steps = new Steps(work => work.Run(1000, _ =>
            {
                if (Interlocked.Increment(ref begun) == 5) source.Cancel();
            }));
            Assert.ThrowsAny<OperationCanceledException>(() => executor.Fit(steps, data, Seed.Of(1), null, source.Token));
            Assert.InRange(begun, 5, 5 + 8);
        }
    }

    private sealed record Steps(Action<WorkSharing> Do) : IParallelLearner
    {
        public string Name => "steps";

        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work)
        {
            Do(work);
            return Outcome.Ok<IModel>(new MeanModel(default));
        }
    }
}
