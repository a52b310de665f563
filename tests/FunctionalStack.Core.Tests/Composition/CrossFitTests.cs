using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

public class CrossFitTests
{
    private static readonly Dataset six =
        new(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4, 5, 6)));

    // Fold means by hand: held out 1, 2: mean of 3..6 = 4.5; held out 3, 4: mean of 1, 2, 5, 6 = 3.5; held out 5, 6: 2.5.
    [Fact]
    public void Out_of_fold_means_and_the_mean_of_fold_means()
    {
        var fitted = new Shares().CrossFit("mean", new FoldPlan.KFold(3)).Fit(six, Seed.Of(1)).OrThrow();
        Assert.Equal(Frame.Of(("mean", Column.Numeric.Of(4.5, 4.5, 3.5, 3.5, 2.5, 2.5))), fitted.TrainView);
        Assert.Equal(Frame.Of(("mean", Column.Numeric.Of(3.5))), fitted.Map.Apply(Frame.Of(("x", Column.Numeric.Of(9)))).OrThrow());
    }

    [Fact]
    public void Uncovered_rows_are_left_out_in_row_order()
    {
        var transform = new Shares().CrossFit("mean", new FoldPlan.TimeOrdered(2));
        Assert.Equal(EquatableArray.Of(2, 3, 4, 5), transform.Fit(six, Seed.Of(1)).OrThrow().Covered!.Value);
        Assert.Equal(Frame.Of(("mean", Column.Numeric.Of(1.5, 1.5, 2.5, 2.5))), transform.Fit(six, Seed.Of(1)).OrThrow().TrainView);
    }

    [Fact]
    public void A_plan_that_refuses_names_the_base()
    {
        var transform = new Shares().CrossFit("mean", new FoldPlan.KFold(7));
        var expected = new Failure("mean: folds", "7 folds were requested, but there are only 6 rows", "Give at most 6, or add data.");
        Assert.Equal(new Outcome<Fitted>.Fail(expected), transform.Fit(six, Seed.Of(1)));
        Assert.Equal(new Outcome<Fitted>.Fail(expected), Executor.Threads(2).Fit(transform, six, Seed.Of(1)));
    }

    [Fact]
    public void A_refit_that_fails_names_the_refit()
    {
        var transform = new Picky().CrossFit("picky", new FoldPlan.KFold(2), Combine.Refit);
        Assert.Equal("picky, refit: too many", Assert.IsType<Outcome<Fitted>.Fail>(transform.Fit(six, Seed.Of(1))).Failure.Where);
        Assert.Equal(transform.Fit(six, Seed.Of(1)), Executor.Inline.Fit(transform, six, Seed.Of(1)));
    }

    private sealed record Picky : ILeafLearner
    {
        public string Name => "picky";

        public Capabilities Capabilities => new();

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
            data.RowCount > 3 ? Outcome.Fail<IModel>("too many", "rows", "Bring fewer.") : new Shares().FitLeaf(data, seed);
    }
}
