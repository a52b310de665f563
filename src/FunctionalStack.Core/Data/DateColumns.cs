namespace FunctionalStack;

/// <summary>Derives numeric features from a column of dates or times.</summary>
public static class DateColumns
{
    private const double SecondsPerDay = 86_400;

    private static readonly DatePart[] ofDates = [DatePart.Days, DatePart.Year, DatePart.Month, DatePart.Weekday, DatePart.Hour];

    /// <summary>
    /// Days since 1970, and the year, month, weekday and hour, unless constant in all rows. A column of times without dates
    /// becomes hours since midnight.
    /// </summary>
    /// <param name="name">The column's name.</param>
    /// <param name="seconds">Seconds since 1970, or since midnight; NaN if missing.</param>
    /// <param name="text">How the column is parsed.</param>
    /// <param name="order">The order of day, month and year.</param>
    public static EquatableArray<NamedColumn> Of(
        string name, EquatableArray<double> seconds, TextFormat? text = null, DateOrder order = DateOrder.YearFirst) =>
        EquatableArray.From(EveryPart(name, seconds, text, order).Where(made => made.Text.Date!.Part is DatePart.Days or DatePart.Hours
            || Varies(EquatableArray.Own(((Column.Numeric)made.Column).ToArray()))));

    /// <summary>The same with every part, even if constant: for rows to predict.</summary>
    public static EquatableArray<NamedColumn> EveryPart(
        string name, EquatableArray<double> seconds, TextFormat? text = null, DateOrder order = DateOrder.YearFirst) =>
        EquatableArray.From(from part in order == DateOrder.TimeOnly ? [DatePart.Hours] : ofDates
                            let numbers = EquatableArray.From(seconds.Select(moment => Part(moment, part)))
                            let source = new DateSource(name, order, part)
                            select new NamedColumn(source.Name,
                                new Column.Numeric(numbers))
                            { Text = (text ?? TextFormat.Usual) with { Date = source } });

    /// <summary>One part of a date; NaN if missing.</summary>
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
