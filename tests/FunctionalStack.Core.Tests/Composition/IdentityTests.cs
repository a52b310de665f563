using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Composition;

public class IdentityTests
{
    private static readonly Dataset data =
        new(Frame.Of(("a", Column.Numeric.Of(1, 2)), ("b", Column.Numeric.Of(3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2)));

    [Fact]
    public void Identity_changes_nothing_on_either_view()
    {
        var fitted = new Identity().Fit(data, Seed.Of(1)).OrThrow();
        Assert.Same(data.Frame, fitted.TrainView);
        Assert.Same(data.Frame, fitted.Map.Apply(data.Frame).OrThrow());
    }

    [Fact]
    public void Named_columns_are_kept_in_the_order_named()
    {
        var fitted = SelectColumns.Of("b", "a").Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal(data.Frame.Select("b", "a"), fitted.TrainView);
        Assert.Equal(data.Frame.Select("b", "a"), fitted.Map.Apply(data.Frame).OrThrow());
    }

    [Fact]
    public void A_column_that_is_not_there_and_one_named_twice_are_refused()
    {
        var absent = Assert.IsType<Outcome<Fitted>.Fail>(SelectColumns.Of("a", "z").Fit(data, Seed.Of(1))).Failure;
        Assert.Equal(new Failure("column 'z'", "is not in the data", "Name one of: a, b."), absent);
        var twice = Assert.IsType<Outcome<Fitted>.Fail>(SelectColumns.Of("a", "a").Fit(data, Seed.Of(1))).Failure;
        Assert.Equal(new Failure("column 'a'", "is named twice", "Name each column once."), twice);
        Assert.Equal(
            Outcome.Fail<Frame>("column 'a'", "is not in the data", "Give the columns that the model was fitted on."), SelectColumns.Of("a")
                .Apply(Frame.Empty(2)));
    }
}
