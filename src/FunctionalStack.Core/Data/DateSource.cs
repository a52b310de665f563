namespace FunctionalStack;

/// <summary>The order in which a date's numbers are written.</summary>
public enum DateOrder
{
    /// <summary>ISO 8601 and its kin: 2024-12-31.</summary>
    YearFirst,

    /// <summary>31.12.2024, 31/12/2024, 31 Dec 2024.</summary>
    DayFirst,

    /// <summary>12/31/2024, Dec 31, 2024.</summary>
    MonthFirst,

    /// <summary>A time of day alone: 14:30.</summary>
    TimeOnly,
}

/// <summary>What a feature made of a date holds.</summary>
public enum DatePart
{
    /// <summary>Days since the beginning of 1970, with a fraction for the time of day.</summary>
    Days,

    Year,

    /// <summary>From 1 to 12.</summary>
    Month,

    /// <summary>From 1, Monday, to 7.</summary>
    Weekday,

    /// <summary>From 0 to 23.</summary>
    Hour,

    /// <summary>Hours since midnight with a fraction, for times of day alone.</summary>
    Hours,
}

/// <summary>Where a numeric column comes from that is a part of a date.</summary>
/// <param name="Column">The column of dates.</param>
/// <param name="Order">How its text is read.</param>
/// <param name="Part">The part.</param>
public sealed record DateSource(string Column, DateOrder Order, DatePart Part)
{
    /// <summary>The name of the column made: <c>signup:month</c>.</summary>
    public string Name => $"{Column}:{Part.Word()}";
}

/// <summary>Words for the enumerations.</summary>
public static class DateWords
{
    /// <summary><c>month</c> of <see cref="DatePart.Month"/>.</summary>
    public static string Word(this DatePart part) => Lowered(part.ToString());

    /// <summary><c>dayFirst</c> of <see cref="DateOrder.DayFirst"/>: in JSON.</summary>
    public static string Word(this DateOrder order) => Lowered(order.ToString());

    /// <summary><c>day first</c> of <see cref="DateOrder.DayFirst"/>: for people.</summary>
    public static string Text(this DateOrder order) => order switch
    {
        DateOrder.YearFirst => "year first",
        DateOrder.DayFirst => "day first",
        DateOrder.MonthFirst => "month first",
        _ => "times of day",
    };

    /// <summary><c>day-first</c> of <see cref="DateOrder.DayFirst"/>: on the command line.</summary>
    public static string Option(this DateOrder order) => order.Text().Replace(' ', '-');

    private static string Lowered(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
