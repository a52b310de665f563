using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)], MaxTest = 40)]
public class OnColumnsTests
{
    [Property]
    public void The_others_stay_and_the_chosen_are_transformed_as_if_alone(Table table)
    {
        var fitted = new OnColumns(["n1", "c1"], new Impute()).Fit(table).OrThrow();
        var alone = new Impute().Fit(table.With(table.Data.WithFrame(table.Data.Frame.Select("n1", "c1")))).OrThrow();
        Assert.Equal(table.Data.Frame.Without("n1", "c1").Beside(alone.TrainView), fitted.TrainView);
        Assert.Equal(fitted.TrainView, fitted.Map.Apply(table.Data.Frame).OrThrow());
    }

    [Property]
    public void The_graph_means_the_same(Table table)
    {
        var transform = new OnColumns(["n1", "c1", "c2"], new TargetEncode(3)).Then(new OnColumns(["c0"], new OneHot()));
        Assert.Equal(transform.Fit(table).OrThrow(), Executor.Inline.Fit(transform, table.Data, table.Seed).OrThrow());
    }

    [Property]
    public void Rows_that_the_transform_does_not_cover_are_left_out(Table table)
    {
        var transform = new OnColumns(["c1"], new TargetEncode(Plan: new FoldPlan.TimeOrdered(2)));
        var fitted = transform.Fit(table).OrThrow();
        Assert.True(fitted.Covered!.Value.Count < table.Data.RowCount);
        Assert.Equal(table.Data.Frame["n0"].Take(fitted.Covered.Value), fitted.TrainView["n0"]);
    }

    [Fact]
    public void An_absent_column_is_named()
    {
        var data = Tables.Data(("x", Column.Numeric.Of(1, 2)));
        Assert.Contains("'z'", Tables.FailureOf(new OnColumns(["z"], new Impute()).Fit(data, Seed.Of(1))).Where);
    }
}
