using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>What a budget leaves a run: the same bits, or those of a smaller stack.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class BudgetLaws
{
    private static readonly Dataset data = new(
        Frame.Of(("x", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 16).Select(row => (double)row)))),
            ("z", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 16).Select(row => row * row % 7.0))))),
        new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 16).Select(row => row % 5.0))));

    [Property]
    public void A_memory_budget_changes_no_bit(AnyLearner any, Seed seed, NonNegativeInt bytes)
    {
        var expected = any.Learner.Fit(any.Data, seed);
        foreach (var threads in new[] { 1, 3 })
        {
            Assert.Equal(expected, Executor.Threads(threads, new Budget(Memory: bytes.Get)).Fit(any.Learner, any.Data, seed));
        }
    }

    [Property]
    public void With_time_enough_a_time_budget_changes_no_bit(Combine combine, OnFailure onFailure, bool passthrough, Seed seed)
    {
        var stack = Bases(combine, onFailure, passthrough);
        Assert.Equal(stack.Fit(data, seed), Executor.Threads(3, new Budget(TimeIsUp: () => false)).Fit(stack, data, seed));
    }

    [Fact]
    public void A_time_budget_that_cannot_be_kept_is_refused()
    {
        var budget = new Budget(TimeIsUp: () => true);
        foreach (var learner in new ILearner[] { new Digest(), new Shift(1).Then(new Digest()),
            new Stack([new("only", new Digest())], new Shares(), new FoldPlan.KFold(2)) })
        {
            Assert.Equal("time budget",
                Assert.IsType<Outcome<Trained>.Fail>(Executor.Threads(2, budget).Fit(learner, data, Seed.Of(1))).Failure.Where);
            Assert.Equal("time budget",
                Assert.IsType<Outcome<Evaluation>.Fail>(Executor.Threads(2, budget)
                .Evaluate(learner, data, new FoldPlan.KFold(2), Seed.Of(1))).Failure.Where);
        }
    }

    /// <summary>Of each stack the first base is fitted in any case, so a composition of several stacks has something of each.</summary>
    [Fact]
    public void Every_stack_keeps_its_first_base()
    {
        Stack Of(string name) => new([new($"{name}1", new Digest()), new($"{name}2", new Digest())], new Shares(), new FoldPlan.KFold(2));
        var both =
            new Union([new("s", Of("s").CrossFit("s", new FoldPlan.KFold(2))), new("t", Of("t").CrossFit("t", new FoldPlan.KFold(2)))])
                .Then(new Shares());
        Assert.Equal(["s2", "t2"], Executor.Threads(1, new Budget(TimeIsUp: () => true)).Fit(both, data, Seed.Of(1)).OrThrow().Skipped);
    }

    /// <summary>Several meta-learners, a stack as meta-learner, a calibrated stack: meta-learners are never skipped.</summary>
    [Fact]
    public void Meta_learners_are_never_left_out()
    {
        var above = new Stack([new("m", new Digest()), new("n", new Shares())], new Shares(), new FoldPlan.KFold(2));
        var stack = new Stack([new("a", new Digest()), new("b", new Digest())], above, new FoldPlan.KFold(2));
        var calibrated = new Stack([new("stack", stack)], new Shares(), new FoldPlan.KFold(2), Combine.Refit) { Name = "calibrated" };
        foreach (var learner in new ILearner[] { stack, new Shift(1).Then(stack), calibrated })
        {
            var found = Executor.Threads(1, After(1)).Fit(learner, data, Seed.Of(1)).OrThrow();
            Assert.Equal(["b"], found.Skipped);
        }
    }

    /// <summary>On one thread the bases begin one by one, so the number of questions is the number of bases.</summary>
    [Property]
    public void A_stack_whose_time_is_up_is_the_stack_of_the_bases_begun(PositiveInt wanted, Combine combine, OnFailure onFailure,
        bool passthrough, Seed seed)
    {
        var begun = 1 + wanted.Get % 4;
        var stack = Bases(combine, onFailure, passthrough);
        var smaller = stack with { Bases = EquatableArray.From(stack.Bases.Take(begun)) };
        foreach (var threads in new[] { 1, 3 })
        {
            var found = Executor.Threads(threads, After(begun)).Fit(stack, data, seed).OrThrow();
            Assert.Equal(["a", "b", "c", "d"], smaller.Bases.Select(b => b.Name).Concat(found.Skipped));
            Assert.Equal(Executor.Inline.Fit(smaller, data, seed).OrThrow() with { Notes = default },
                found with { Skipped = default, Notes = default });
        }
    }

    [Property]
    public void So_is_its_evaluation(PositiveInt wanted, Combine combine, OnFailure onFailure, Seed seed)
    {
        var begun = 1 + wanted.Get % 4;
        var stack = Bases(combine, onFailure, true);
        var smaller = stack with { Bases = EquatableArray.From(stack.Bases.Take(begun)) };
        var plan = new FoldPlan.KFold(2);
        foreach (var learner in new[] { ((ILearner)stack, (ILearner)smaller), (new Shift(1).Then(stack), new Shift(1).Then(smaller)) })
        {
            foreach (var threads in new[] { 1, 3 })
            {
                var found = Executor.Threads(threads, After(begun)).Evaluate(learner.Item1, data, plan, seed).OrThrow();
                Assert.Equal(4 - begun, found.Skipped.Count);
                Assert.Equal(Executor.Inline.Evaluate(learner.Item2, data, plan, seed).OrThrow() with { Notes = default },
                    found with { Skipped = default, Notes = default });
            }
        }
    }

    [Fact]
    public void What_was_left_out_is_noted_once_and_what_is_inside_it_goes_with_it()
    {
        var inner = new Stack([new("x", new Digest()), new("y", new Digest())], new Shares(), new FoldPlan.KFold(2));
        var stack = new Stack([new("first", inner), new("second", inner)], new Shares(), new FoldPlan.KFold(2));
        var found = Executor.Threads(1, After(1)).Fit(stack, data, Seed.Of(1));
        Assert.Equal([new Note("second",
            "left out: it was not started within the time budget. Give more time, or name it earlier among the bases.")], found.Notes);
        Assert.Equal((stack with { Bases = [stack.Bases[0]] }).FitModel(data, Seed.Of(1)).OrThrow(), found.OrThrow().Model);
    }

    [Fact]
    public void No_two_fits_that_are_too_much_together_run_side_by_side()
    {
        var watch = new Watch();
        // Each estimates 10 bytes.
        var stack =
            new Stack(EquatableArray.From(Enumerable.Range(0, 6).Select(i => new Base($"b{i}", new Watched(watch, 10)))), new Shares(),
                new FoldPlan.KFold(3));
        foreach (var (budget, most) in new[] { (40L, 4), (39, 3), (20, 2), (19, 1), (10, 1), (5, 1), (0, 1) })
        {
            watch.Most = 0;
            Executor.Threads(6, new Budget(Memory: budget)).Fit(stack, data, Seed.Of(1)).OrThrow();
            Assert.InRange(watch.Most, 1, most);
        }
    }

    [Fact]
    public void Parts_of_one_fit_share_what_it_was_admitted_for()
    {
        var stack = new Stack([new("a", new Committee(5)), new("b", new Committee(5))], new Shares(), new FoldPlan.KFold(3));
        Assert.Equal(stack.Fit(data, Seed.Of(1)), Executor.Threads(4, new Budget(Memory: 0)).Fit(stack, data, Seed.Of(1)));
    }

    private static Stack Bases(Combine combine, OnFailure onFailure, bool passthrough) => new(
        [new("a", new Digest()), new("b", new Committee(3)),
            new("c", new Stack([new("x", new Digest()), new("y", new Shares())], new Digest(), new FoldPlan.KFold(2))),
            new("d", new Shares())],
        new Digest(), new FoldPlan.KFold(2), combine, null, passthrough ? new Identity() : null, onFailure);

    /// <summary>Time for this number of bases. The first does not ask.</summary>
    private static Budget After(int bases)
    {
        var left = bases - 1;
        return new(TimeIsUp: () => left-- <= 0);
    }

    private sealed class Watch
    {
        private int now;

        public int Most { get; set; }

        public void Begin()
        {
            lock (this) Most = Math.Max(Most, ++now);
        }

        public void End()
        {
            lock (this) now--;
        }
    }

    private sealed record Watched(Watch Watch, long Estimated) : ILeafLearner, IMemoryEstimate
    {
        public string Name => "watched";

        public Capabilities Capabilities => new(MissingValues: true, Categories: true);

        public long Bytes(int rows, int columns, Target target) => Estimated;

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
        {
            Watch.Begin();
            Thread.Sleep(1);
            Watch.End();
            return new Shares().FitLeaf(data, seed);
        }
    }
}
