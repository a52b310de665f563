using Xunit;

namespace FunctionalStack.Core.Tests.Data;

public class DateColumnsTests
{
    [Fact]
    public void Parts_that_do_not_vary_are_left_out()
    {
        Assert.Equal(["d:days", "d:weekday"], Names([0, 86_400, double.NaN]));
        Assert.Equal(["d:days", "d:hour"], Names([0, 3600]));
        Assert.Equal(["d:days"], Names([0, 0]));
        Assert.Equal(["t:hours"], DateColumns.Of("t", [0, 5400], order: DateOrder.TimeOnly).Select(column => column.Name));
        Assert.Equal(5, DateColumns.EveryPart("d", [0]).Count);

        static IEnumerable<string> Names(EquatableArray<double> seconds) => DateColumns.Of("d", seconds).Select(column => column.Name);
    }

    [Fact]
    public void A_frame_with_the_dates_as_text_conforms_to_their_parts()
    {
        var trained = new Frame(2, DateColumns.Of("d", [0, 40 * 86_400.0], TextFormat.Usual, DateOrder.DayFirst));
        var rows = Frame.Of(("d", Column.Categorical.Of("3.1.1970", null, "-")));
        var conformed = Schema.Of(trained).Conform(rows).OrThrow();
        Assert.Equal(trained.Names, conformed.Names);
        Assert.Equal(Column.Numeric.Of(2, double.NaN, double.NaN), conformed["d:days"]);
        Assert.Contains("dates (day first)", Refusal(Column.Categorical.Of("1/31/1970")));
        Assert.Contains("the training data had dates", Refusal(Column.Numeric.Of(3)));

        string Refusal(Column column) =>
            Schema.Of(trained).Conform(Frame.Of(("d", column))).Match(_ => "it was read", failure => failure.ToString());
    }
}
