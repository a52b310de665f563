namespace FunctionalStack.IO;

/// <summary>What is said about the text of a table, rather than told from its columns.</summary>
/// <param name="Decimal">The decimal mark of every column; null where each column tells.</param>
/// <param name="Missing">Further spellings of a missing value, beside <see cref="MissingText"/>.</param>
/// <param name="Dates">Day or month first, where a column of dates doesn't tell; null to take what the file's other columns suggest.</param>
public sealed record TextOptions(DecimalMark? Decimal = null, EquatableArray<string> Missing = default, DateOrder? Dates = null)
{
    /// <summary>Nothing is said.</summary>
    public static TextOptions None { get; } = new();
}

/// <summary>Schemas read as somebody says.</summary>
public static class SchemaText
{
    /// <summary>The same schema, its text read as the options say where they say something, else as training read it.</summary>
    public static Schema ReadBy(this Schema schema, TextOptions options) => options == TextOptions.None
        ? schema
        : new(EquatableArray.From(schema.Columns.Select(column => column with { Text = ReadBy(column.Text, options) })));

    private static TextFormat ReadBy(TextFormat text, TextOptions options) => text with
    {
        Decimal = options.Decimal ?? text.Decimal,
        Grouped = text.Grouped || options.Decimal is not null,
        Missing = [.. text.Missing, .. options.Missing],
        Date = text.Date is { Order: DateOrder.DayFirst or DateOrder.MonthFirst or DateOrder.YearFirst } date ? date with { Order = options.Dates ?? date.Order } : text.Date,
    };
}
