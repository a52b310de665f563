namespace FunctionalStack.IO;

/// <summary>How a table was read: the decisions about each column, as a few lines of text.</summary>
/// <param name="Columns">Each column that was read as numbers, categories or dates.</param>
public sealed record TableReading(EquatableArray<ColumnReading> Columns)
{
    /// <summary>The kinds of the columns, then <see cref="Decisions"/>.</summary>
    public EquatableArray<string> Lines =>
    [
        .. Line("numbers", Columns.Where(column => column.Kind == ReadAs.Numbers && !HasFormat(column)).Select(column => column.Name)),
        .. Line("categories", Columns.Where(column => column.Kind == ReadAs.Categories).Select(column => column.Name)),
        .. Line("texts", Columns.Where(column => column.Kind == ReadAs.Texts).Select(column => column.Name)),
        .. Decisions,
    ];

    /// <summary>Decisions that may be wrong: number formats, dates, spellings of missing values.</summary>
    public EquatableArray<string> Decisions =>
    [
        .. Columns.Where(HasFormat)
            .GroupBy(column => column.Text)
            .SelectMany(alike => Line($"numbers ({alike.Key})", alike.Select(column => column.Name))),
        .. Columns.Where(column => column.Kind == ReadAs.Dates)
            .Select(column => $"dates ({column.Order.Text()}): {column.Name}{As(column)}"),
        .. Line("missing",
            Columns.SelectMany(column => column.Missing.Select(spelling => $"'{spelling.Text}' in {column.Name} ({spelling.Rows})"))),
        .. Line("no value at all", Columns.Where(column => column.IsEmpty).Select(column => column.Name)),
        .. Line("kept as categories (to read as missing, pass --missing)", Columns.SelectMany(column =>
            column.Kept.Select(spelling => $"'{spelling.Text}' in {column.Name} ({spelling.Rows})"))),
    ];

    /// <summary>The decisions as notes.</summary>
    public EquatableArray<Note> Notes => EquatableArray.From(Decisions.Select(line => (Note)line));

    private static bool HasFormat(ColumnReading column) =>
        column.Kind == ReadAs.Numbers && column.Text with { Missing = default } != TextFormat.Usual;

    private static string As(ColumnReading column) => column.Features.Count == 0
        ? ""
        : $", as {string.Join(", ", column.Features.Select((name, i) => i == 0 ? name : name[column.Name.Length..]))}";

    private static IEnumerable<string> Line(string what, IEnumerable<string> names) =>
        names.ToArray() is { Length: > 0 } found ? [$"{what}: {Listed.Some(found)}"] : [];
}
