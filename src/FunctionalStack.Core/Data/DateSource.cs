namespace FunctionalStack;

/// <summary>The order of day, month and year in a date.</summary>
public enum DateOrder
{
    /// <summary>ISO 8601 and similar: 2024-12-31.</summary>
    YearFirst,

    /// <summary>31.12.2024, 31/12/2024, 31 Dec 2024.</summary>
    DayFirst,

    /// <summary>12/31/2024, Dec 31, 2024.</summary>
    MonthFirst,

    /// <summary>A time without a date: 14:30.</summary>
    TimeOnly,
}

/// <summary>What a feature derived from a date holds.</summary>
public enum DatePart
{
    /// <summary>Days since the beginning of 1970, with a fraction for the time of day.</summary>
    Days,

    /// <summary>The year, such as 2024.</summary>
    Year,

    /// <summary>From 1 to 12.</summary>
    Month,

    /// <summary>From 1 (Monday) to 7.</summary>
    Weekday,

    /// <summary>From 0 to 23.</summary>
    Hour,

    /// <summary>Hours since midnight with a fraction, for times without dates.</summary>
    Hours,
}

/// <summary>The source of a numeric column that is a part of a date.</summary>
/// <param name="Column">The date column.</param>
/// <param name="Order">How its text is parsed.</param>
/// <param name="Part">The part.</param>
public sealed record DateSource(string Column, DateOrder Order, DatePart Part)
{
    /// <summary>The name of the derived column: <c>signup:month</c>.</summary>
    public string Name => $"{Column}:{Part.Word()}";
}

/// <summary>Names of the enumerations' members.</summary>
public static class DateWords
{
    /// <summary><c>month</c> for <see cref="DatePart.Month"/>.</summary>
    public static string Word(this DatePart part) => Lowered(part.ToString());

    /// <summary>The name in JSON: <c>dayFirst</c> for <see cref="DateOrder.DayFirst"/>.</summary>
    public static string Word(this DateOrder order) => Lowered(order.ToString());

    /// <summary>The name in messages: <c>day first</c> for <see cref="DateOrder.DayFirst"/>.</summary>
    public static string Text(this DateOrder order) => order switch
    {
        DateOrder.YearFirst => "year first",
        DateOrder.DayFirst => "day first",
        DateOrder.MonthFirst => "month first",
        _ => "times of day",
    };

    /// <summary>The name on the command line: <c>day-first</c> for <see cref="DateOrder.DayFirst"/>.</summary>
    public static string Option(this DateOrder order) => order.Text().Replace(' ', '-');

    private static string Lowered(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
