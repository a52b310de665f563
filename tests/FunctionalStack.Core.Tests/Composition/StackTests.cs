using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 50)]
public class StackTests
{
    private static readonly Dataset rows = new(
        Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6, 7, 8)), ("w", Column.Categorical.Of("a", "b", null, "a", "b", "a", "b", "a"))),
        Target.Classes.Of("n", "y", "n", "y", "n", "y", "n", "y"));

    [Fact]
    public void A_stack_inside_a_stack_inside_repeated_folds_is_the_same_on_every_executor()
    {
        var inner =
            new Stack([new("d", new Digest()), new("c", new Committee(3))], new Nearest(),
                new FoldPlan.Repeated(new FoldPlan.KFold(2), 2, Seed.Of(5)));
        var middle = new Stack([new("inner", inner), new("s", new Shares())], new Digest(), new FoldPlan.TimeOrdered(2), Combine.Refit);
        var outer =
            new Stack([new("middle", middle), new("inner", inner)], new Digest(),
                new FoldPlan.Repeated(new FoldPlan.HoldOut(0.25), 3, Seed.Of(6)), Passthrough: SelectColumns.Of("w"));
        var data = rows.Take(EquatableArray.From(Enumerable.Range(0, 24).Select(row => row % 8)));
        var model = outer.Fit(data, Seed.Of(1));
        Assert.IsType<Outcome<Trained>.Ok>(model);
        Assert.Equal(model, Executor.Threads(4).Fit(outer, data, Seed.Of(1)));
        Assert.Equal(model, Executor.Inline.Fit(outer, data, Seed.Of(1)));
    }

    [Fact]
    public void Data_without_rows_and_classes_is_refused() => Assert.Equal("stack", Assert.IsType<Outcome<Trained>.Fail>(
        new Stack([new("d", new Digest())], new Nearest(), new FoldPlan.KFold(2))
            .Fit(new Dataset(rows.Frame.Take([]), new Target.Classes([], [])), Seed.Of(1))).Failure.Where);

    [Fact]
    public void Time_ordered_levels_nest_until_no_rows_are_left()
    {
        ITransform level = new Identity();
        for (var depth = 1; depth <= 3; depth++)
        {
            level = level.Then(new Digest().CrossFit($"level{depth}", new FoldPlan.TimeOrdered(2)));
            var outcome = level.Fit(rows, Seed.Of(1));
            Assert.Equal(outcome, Executor.Threads(2).Fit(level, rows, Seed.Of(1)));

            // 8 rows in three blocks of 2 leave 4 covered, those leave 2, and those cannot be split again.
            if (depth < 3) Assert.Equal(depth == 1 ? 4 : 2, outcome.OrThrow().TrainView.RowCount);
            else Assert.Equal("level3: folds", Assert.IsType<Outcome<Fitted>.Fail>(outcome).Failure.Where);
        }
    }

    [Fact]
    public void Two_bases_of_one_name_are_refused_before_anything_is_fitted()
    {
        var twins = new Stack([new("d", new Digest()), new("d", new Shares())], new Shares(), new FoldPlan.KFold(2));
        var refusal = new Outcome<Trained>.Fail(new("stack", "two bases are named 'd'", "Give each base a different name."));
        Assert.Equal(refusal, twins.Fit(rows, Seed.Of(1)));
        var fitted = new List<FitProgress>();
        Assert.Equal(refusal, Executor.Inline.Fit(twins, rows, Seed.Of(1), new Counting(fitted)));
        Assert.Empty(fitted);
    }

    private sealed class Counting(List<FitProgress> all) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => all.Add(value);
    }

    [Property]
    public void The_refit_of_a_base_has_the_seed_given_by_the_stack(PartitionPlan planned, Seed seed)
    {
        var stack = new Stack([new("d", new Digest())], new Shares(), planned.Plan, Combine.Refit);
        var model = (PipelineModel)stack.FitModel(planned.Data.WithFrequencies(null), seed).OrThrow();
        var map = (CrossFitMap)((UnionMap)model.Map).Maps[0];
        Assert.Equal(new Digest().FitModel(planned.Data.WithFrequencies(null), Stack.Seeds(seed).RefitOf("d")).OrThrow(),
            Assert.Single(map.Models));
    }

    [Fact]
    public void No_bases_no_columns_and_no_rows_fail_or_fit_but_never_throw()
    {
        var none = new Stack(default, new Shares(), new FoldPlan.KFold(2));
        Assert.Equal("has no bases", Assert.IsType<Outcome<Trained>.Fail>(none.Fit(rows, Seed.Of(1))).Failure.What);
        var one = none with { Bases = [new("d", new Digest())] };
        Assert.IsType<Outcome<Trained>.Ok>(one.Fit(rows.WithFrame(Frame.Empty(8)), Seed.Of(1)));
        Assert.IsType<Outcome<Trained>.Fail>(one.Fit(rows.Take(default), Seed.Of(1)));
        Assert.IsType<Outcome<Trained>.Fail>(one.Fit(rows.Take([0]), Seed.Of(1)));
        foreach (var stack in new[] { none, one })
        {
            foreach (var data in new[] { rows, rows.WithFrame(Frame.Empty(8)), rows.Take(default), rows.Take([0]) })
            {
                Assert.Equal(stack.Fit(data, Seed.Of(1)), Executor.Threads(2).Fit(stack, data, Seed.Of(1)));
            }
        }

        Assert.Equal(0, one.Fit(rows, Seed.Of(1)).OrThrow().Predict(rows.Frame.Take(default)).OrThrow().Count);
    }
}
