using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Execution;

public class CrewTests
{
    private static readonly Dataset data = new(Frame.Empty(50_000), new Target.Values(Values.Own(new double[50_000])));

    /// <summary>Counts, part by part and parts of parts, how often each was done and by how many threads.</summary>
    private sealed record Counting(int Parts, Action<int> Each) : ICrewLearner
    {
        public string Name => "counting";

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Fit(data, seed, Crew.Alone);

        public Outcome<IModel> Fit(Dataset data, Seed seed, Crew crew)
        {
            var times = new int[Parts * Parts];
            for (var run = 0; run < 20; run++)
            {
                crew.Run(Parts, outer => crew.Run(Parts, inner =>
                {
                    Each(outer);
                    Interlocked.Increment(ref times[outer * Parts + inner]);
                }));
                if (times.Any(count => count != run + 1)) return Outcome.Fail<IModel>(Name, "a part was not done once", "Mend the crew.");
            }

            return Outcome.Ok<IModel>(new MeanModel(default));
        }
    }

    [Fact]
    public void Every_part_is_done_once_before_Run_returns_whoever_runs_it()
    {
        foreach (var executor in new[] { Executor.Inline, Executor.Threads(2), Executor.Threads(5) })
        {
            foreach (var parts in new[] { 0, 1, 2, 7, 40 }) Assert.IsType<Outcome<Trained>.Ok>(executor.Fit(new Counting(parts, _ => { }), data, Seed.Of(1)));
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
        foreach (var executor in new[] { Executor.Inline, Executor.Threads(3) }) Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => executor.Fit(counting, data, Seed.Of(1))));
    }

    [Fact]
    public void Members_fit_once_in_any_order_of_tasks()
    {
        var fits = 0;
        var graph = new FitGraph();
        var model = graph.Over(data).Fit(new Counting(1, _ => fits++), Seed.Of(1));
        Assert.Equal(1, graph.Tasks.Count(task => task.Counted));
        foreach (var task in graph.Tasks.Reverse().Where(task => task.Needs.Count == 0).Concat(graph.Tasks.Where(task => task.Needs.Count > 0))) task.Run();
        Assert.IsType<Outcome<IModel>.Ok>(model.Value);
        Assert.Equal(20, fits);
    }
}
