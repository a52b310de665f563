using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Execution;

public class FitGraphTests
{
    private static readonly Dataset data = new(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Values(Values.Of(1.0, 2, 3, 4)));

    [Fact]
    public void Needs_come_before_those_who_need_them_and_are_named_once()
    {
        var graph = new FitGraph();
        graph.Over(data).Fit(new Stack([new("d", new Digest()), new("c", new Committee(2))], new Digest(), new FoldPlan.KFold(2), Combine.Refit), Seed.Of(1));
        Assert.Equal(Enumerable.Range(0, graph.Tasks.Count), graph.Tasks.Select(task => task.Number));
        Assert.All(graph.Tasks, task => Assert.All(task.Needs, need => Assert.True(need.Number < task.Number)));
        Assert.All(graph.Tasks, task => Assert.Equal(task.Needs.Distinct().Count(), task.Needs.Count));
    }

    [Fact]
    public void A_value_asked_for_before_its_task_has_run_is_refused()
    {
        var graph = new FitGraph();
        var model = graph.Over(data).Fit(new Shares(), Seed.Of(1));
        Assert.Contains("has not run yet", Assert.Throws<InvalidOperationException>(() => model.Value).Message);
        Executor.Inline.Run(graph);
        Assert.IsType<Outcome<IModel>.Ok>(model.Value);
    }

    [Fact]
    public void A_fit_asked_for_twice_is_done_once()
    {
        var graph = new FitGraph();
        var scope = graph.Over(data);
        var first = scope.Take([0, 2], "a").Fit(new Digest(), Seed.Of(1));
        Assert.Same(first, scope.Take([0, 2], "b").Fit(new Digest(), Seed.Of(1)));
        Assert.NotSame(first, scope.Take([0, 2], "a").Fit(new Digest(), Seed.Of(2)));
        Assert.NotSame(first, scope.Take([2, 0], "a").Fit(new Digest(), Seed.Of(1)));
        Assert.NotSame(first, scope.Take([0, 2], "a").Fit(new Digest(Seeded: false), Seed.Of(1)));
        Assert.NotSame(first, graph.Over(data.WithTarget(new Target.Values(Values.Of(0.0, 0, 0, 0)))).Take([0, 2], "a").Fit(new Digest(), Seed.Of(1)));
    }

    [Fact]
    public void Labels_say_where_a_fit_stands()
    {
        var graph = new FitGraph();
        graph.Over(data).Fit(new Stack([new("d", new Digest())], new Shares(), new FoldPlan.KFold(2), Combine.Refit), Seed.Of(1));
        Assert.Equal(["d, fold 1 of 2: digest", "d, fold 2 of 2: digest", "d, refit", "shares"], graph.Tasks.Where(task => task.Counted).Select(task => task.Label));
    }
}
