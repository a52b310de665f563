using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

public class ThenTests
{
    private static readonly Dataset data =
        new(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 6))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));

    [Fact]
    public void The_second_is_fitted_on_the_firsts_train_view_and_both_map_new_rows()
    {
        // Shifted by 10, the mean is 13; centred, 1 becomes -2 and a later 9 becomes 6.
        var fitted = new Shift(10).Then(new Center()).Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal(Frame.Of(("x", Column.Numeric.Of(-2, -1, 0, 3))), fitted.TrainView);
        Assert.Equal(Frame.Of(("x", Column.Numeric.Of(6))), fitted.Map.Apply(Frame.Of(("x", Column.Numeric.Of(9)))).OrThrow());
    }

    [Fact]
    public void A_pipeline_is_called_as_its_learner_and_a_chain_as_both()
    {
        Assert.Equal("shares", new Shift(1).Then(new Shares()).Name);
        Assert.Equal("shift, center", new Shift(1).Then(new Center()).Name);
    }

    [Fact]
    public void Uncovered_rows_of_the_first_are_gone_for_the_second_and_the_learner()
    {
        var chain = new Shares().CrossFit("a", new FoldPlan.TimeOrdered(3)).Then(new Shares().CrossFit("b", new FoldPlan.TimeOrdered(2)));
        Assert.Equal(EquatableArray.Of(2, 3), chain.Fit(data, Seed.Of(1)).OrThrow().Covered!.Value);

        // Of the covered rows 1, 2, 3 with targets 2, 3, 4, the last two are predicted by the means of those before: 2 and 2.5.
        Assert.Equal(Frame.Of(("b", Column.Numeric.Of(2, 2.5))), chain.Fit(data, Seed.Of(1)).OrThrow().TrainView);
        Assert.Equal(3.5,
            ((Prediction.Numeric)chain.Then(new Shares()).Fit(data, Seed.Of(1)).OrThrow().Predict(data.Frame).OrThrow()).Values[0]);
    }
}
