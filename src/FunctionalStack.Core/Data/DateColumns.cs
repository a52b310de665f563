namespace FunctionalStack;

/// <summary>The features that stand for a column of dates or times.</summary>
public static class DateColumns
{
    private const double SecondsPerDay = 86_400;

    private static readonly DatePart[] ofDates = [DatePart.Days, DatePart.Year, DatePart.Month, DatePart.Weekday, DatePart.Hour];

    /// <summary>
    /// Days since 1970, and besides year, month, weekday and hour where these are not the same in all rows. A time of day alone
    /// is hours since midnight.
    /// </summary>
    /// <param name="name">The column's name.</param>
    /// <param name="seconds">Since 1970, or since midnight; NaN where missing.</param>
    /// <param name="text">How the column is read.</param>
    /// <param name="order">How its dates are written.</param>
    public static EquatableArray<NamedColumn> Of(
        string name, EquatableArray<double> seconds, TextFormat? text = null, DateOrder order = DateOrder.YearFirst) =>
        EquatableArray.From(EveryPart(name, seconds, text, order).Where(made => made.Text.Date!.Part is DatePart.Days or DatePart.Hours
            || Varies(EquatableArray.Own(((Column.Numeric)made.Column).ToArray()))));

    /// <summary>The same, and every part though it be the same in all rows: for rows to predict.</summary>
    public static EquatableArray<NamedColumn> EveryPart(
        string name, EquatableArray<double> seconds, TextFormat? text = null, DateOrder order = DateOrder.YearFirst) =>
        EquatableArray.From(from part in order == DateOrder.TimeOnly ? [DatePart.Hours] : ofDates
                    let numbers = EquatableArray.From(seconds.Select(moment => Part(moment, part)))
                    let source = new DateSource(name, order, part)
                    select new NamedColumn(source.Name, new Column.Numeric(numbers)) { Text = (text ?? TextFormat.Usual) with { Date = source } });

    /// <summary>One part of a moment; NaN where it is missing.</summary>
    internal static double Part(double seconds, DatePart part)
    {
        if (double.IsNaN(seconds)) return double.NaN;
        if (part == DatePart.Hours) return seconds / 3600;
        if (part == DatePart.Days) return seconds / SecondsPerDay;
        var moment = DateTime.UnixEpoch.AddSeconds(Math.Floor(seconds));
        return part switch
        {
            DatePart.Year => moment.Year,
            DatePart.Month => moment.Month,
            DatePart.Weekday => ((int)moment.DayOfWeek + 6) % 7 + 1,
            _ => moment.Hour,
        };
    }

    private static bool Varies(EquatableArray<double> numbers)
    {
        var first = double.NaN;
        foreach (var number in numbers.AsSpan())
        {
            if (double.IsNaN(number)) continue;
            if (double.IsNaN(first)) first = number;
            else if (number != first) return true;
        }

        return false;
    }
}
