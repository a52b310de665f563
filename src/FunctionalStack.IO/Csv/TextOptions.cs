namespace FunctionalStack.IO;

/// <summary>Rules for reading the text of a table that override what its columns suggest.</summary>
/// <param name="Decimal">The decimal mark of every column; null to decide per column.</param>
/// <param name="Missing">Additional spellings of missing values, beside <see cref="MissingText"/>.</param>
/// <param name="Dates">Day or month first, for columns of dates that are ambiguous; null to use what the file's other columns
/// suggest.</param>
public sealed record TextOptions(DecimalMark? Decimal = null, EquatableArray<string> Missing = default, DateOrder? Dates = null)
{
    /// <summary>No rules.</summary>
    public static TextOptions None { get; } = new();
}

/// <summary>Schemas with different rules for reading text.</summary>
public static class SchemaText
{
    /// <summary>The schema with the options' text formats where they are given, otherwise with those of the training data.</summary>
    public static Schema ReadBy(this Schema schema, TextOptions options) => options == TextOptions.None
        ? schema
        : new(EquatableArray.From(schema.Columns.Select(column => column with { Text = ReadBy(column.Text, options) })));

    private static TextFormat ReadBy(TextFormat text, TextOptions options) => text with
    {
        Decimal = options.Decimal ?? text.Decimal,
        Grouped = text.Grouped || options.Decimal is not null,
        Missing = [.. text.Missing, .. options.Missing],
        Date = text.Date is { Order: DateOrder.DayFirst or DateOrder.MonthFirst or DateOrder.YearFirst } date
            ? date with { Order = options.Dates ?? date.Order } : text.Date,
    };
}
