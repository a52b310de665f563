namespace FunctionalStack.IO;

/// <summary>The text of columns with known types. Cells are written when they are read, so that no text is stored.</summary>
internal sealed class TypedText : TableText
{
    // A number, date or time has at most this many characters.
    private const int Longest = 64;

    private readonly EquatableArray<TypedColumn> columns;

    private TypedText(string name, EquatableArray<string> header, EquatableArray<TypedColumn> columns, int rowCount) =>
        (Name, Header, this.columns, RowCount) = (name, header, columns, rowCount);

    public override string Name { get; }

    public override EquatableArray<string> Header { get; }

    public override int RowCount { get; }

    /// <summary>The text of a table. Fails without columns and rows, and if two columns have the same name or one has none.</summary>
    public static Outcome<TypedText> Of(string name, int rowCount, EquatableArray<NamedTypedColumn> columns)
    {
        var header = EquatableArray.From(columns.Select(column => column.Name.Trim()));
        if (header.Count == 0) return Outcome.Fail<TypedText>(name, "has no columns", "Give a table of at least one column.");
        if (CsvText.HeaderFault(header) is { } fault) return Outcome.Fail<TypedText>(name, fault.What, fault.Remedy);
        return rowCount == 0
            ? Outcome.Fail<TypedText>(name, "has no rows", "Give a table of at least one row.")
            : Outcome.Ok(new TypedText(name, header, EquatableArray.From(columns.Select(column => column.Column)), rowCount));
    }

    public override TypedColumn? TypeOf(int column) => columns[column];

    public override TableRows Scan() => new Rows(this);

    public override string Where(int row, int column) => $"{Name}, row {row + 1}, column {Header[column]}";

    private sealed class Rows(TypedText text) : TableRows
    {
        private byte[] buffer = new byte[Longest];
        private int row = -1;

        public override bool Next() => ++row < text.RowCount;

        public override ReadOnlySpan<byte> Cell(int column) => text.columns[column].Cell(row, ref buffer);

        public override void Dispose()
        {
        }
    }
}
