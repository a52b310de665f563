using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Execution;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class DividedTests
{
    [Property]
    public void Divided_and_whole_give_the_same_model_and_each_note_once(AnyData any, Seed seed, byte parts)
    {
        var learner = new Committee(1 + parts % 5);
        var whole = learner.Fit(any.Data, seed);
        Assert.Equal(Values.Of<Note>("prepared once"), whole.Notes);
        Assert.All(new[] { Executor.Inline, Executor.Threads(3) }, executor => Assert.Equal(whole, executor.Fit(learner, any.Data, seed)));
        Assert.Equal(1 + parts % 5, ((MeanModel)whole.OrThrow()).Models.Count);
    }

    [Property]
    public void What_cannot_be_prepared_fails_once(AnyData any, Seed seed)
    {
        var one = any.Data.Take([0]);
        Assert.Equal("there are only 1 rows", Assert.IsType<Outcome<Trained>.Fail>(new Committee(3).Fit(one, seed)).Failure.What);
        Assert.Equal(new Committee(3).Fit(one, seed), Executor.Threads(2).Fit(new Committee(3), one, seed));
    }

    [Fact]
    public void Each_part_is_a_counted_task()
    {
        var graph = new FitGraph();
        graph.Over(new(Frame.Empty(3), new Target.Values(Values.Of(1.0, 2, 3)))).Fit(new Committee(4), Seed.Of(1));
        Assert.Equal(4, graph.Tasks.Count(task => task.Counted));
    }
}
