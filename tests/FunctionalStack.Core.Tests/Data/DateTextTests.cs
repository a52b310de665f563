using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

public class DateTextTests
{
    [Property]
    public Property A_moment_is_the_same_however_it_is_written() => Prop.ForAll(
        Gen.Choose(-500_000_000, 2_000_000_000).Zip(Gen.Elements(
            (DateOrder.YearFirst, "yyyy-MM-dd HH:mm:ss"), (DateOrder.YearFirst, "yyyy-MM-ddTHH:mm:ssZ"),
            (DateOrder.YearFirst, "yyyy/M/d H:mm:ss"),
            (DateOrder.YearFirst, "yyyyMMddTHH:mm:ss"), (DateOrder.DayFirst, "dd.MM.yyyy HH:mm:ss"),
            (DateOrder.DayFirst, "d/M/yyyy, H:mm:ss"),
            (DateOrder.DayFirst, "d MMM yyyy HH:mm:ss"), (DateOrder.MonthFirst, "M/d/yyyy h:mm:ss tt"),
            (DateOrder.MonthFirst, "MMMM d, yyyy HH:mm:ss"),
            (DateOrder.YearFirst, "ddMMMyyyy HH:mm:ss"))).ToArbitrary(),
        pair =>
        {
            var (seconds, (order, format)) = pair;
            var text = DateTime.UnixEpoch.AddSeconds(seconds).ToString(format, CultureInfo.InvariantCulture);
            return (DateText.TryRead($" {text} ", order, out var read) && read.Seconds == seconds).Label(text);
        });

    [Theory]
    [InlineData("1970-01-02", DateOrder.YearFirst, 86400)]
    [InlineData("1970-01-01T02:00:00+02:00", DateOrder.YearFirst, 0)]
    [InlineData("1970-01-01 00:00:00.5 UTC", DateOrder.YearFirst, 0.5)]
    [InlineData("1970-01-01 00:00 -0130", DateOrder.YearFirst, 5400)]
    [InlineData("1970-02", DateOrder.YearFirst, 31 * 86400)]
    [InlineData("02/01/1970", DateOrder.DayFirst, 86400)]
    [InlineData("02/01/1970", DateOrder.MonthFirst, 31 * 86400)]
    [InlineData("02-01-70", DateOrder.DayFirst, 86400)]
    [InlineData("1970-01-02", DateOrder.DayFirst, 86400)]
    [InlineData("1970-01-02", DateOrder.MonthFirst, 86400)]
    [InlineData("12:00 AM", DateOrder.TimeOnly, 0)]
    [InlineData("14:30", DateOrder.TimeOnly, 52200)]
    public void Dates(string text, DateOrder order, double seconds) =>
        Assert.Equal(seconds, DateText.TryRead(text, order, out var read) ? read.Seconds : double.NaN);

    [Theory]
    [InlineData("2023-02-30", DateOrder.YearFirst)]
    [InlineData("2023-13-01", DateOrder.YearFirst)]
    [InlineData("13/13/2023", DateOrder.DayFirst)]
    [InlineData("01.02.2023", DateOrder.MonthFirst)]
    [InlineData("1.2.10", DateOrder.DayFirst)]
    [InlineData("20230131", DateOrder.YearFirst)]
    [InlineData("2023", DateOrder.YearFirst)]
    [InlineData("24:00", DateOrder.TimeOnly)]
    [InlineData("2023-01-01 noon", DateOrder.YearFirst)]
    [InlineData("192.168.1.1", DateOrder.DayFirst)]
    [InlineData("May", DateOrder.DayFirst)]
    [InlineData("555-1234", DateOrder.DayFirst)]
    public void Other_texts_are_none(string text, DateOrder order) => Assert.False(DateText.TryRead(text, order, out _));
}
