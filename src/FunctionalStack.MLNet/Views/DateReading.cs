namespace FunctionalStack.MLNet;

/// <summary>Which parts of dates become columns.</summary>
internal sealed class DateReading
{
    private readonly Func<string, EquatableArray<double>, EquatableArray<NamedColumn>> parts;

    private DateReading(Func<string, EquatableArray<double>, EquatableArray<NamedColumn>> parts) => this.parts = parts;

    /// <summary>For training rows: the parts that vary.</summary>
    public static DateReading ToFit { get; } = new((name, seconds) => DateColumns.Of(name, seconds));

    /// <summary>For other rows, whose model may read a part that does not vary in them: every part.</summary>
    public static DateReading ToPredict { get; } = new((name, seconds) => DateColumns.EveryPart(name, seconds));

    /// <summary>The columns of a date column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dates">Its values; null for missing.</param>
    public EquatableArray<NamedColumn> Of(string name, IEnumerable<DateTime?> dates) =>
        parts(name, EquatableArray.From(dates.Select(date => date is { } given ? (given - DateTime.UnixEpoch).TotalSeconds : double.NaN)));
}
