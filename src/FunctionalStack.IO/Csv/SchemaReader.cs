namespace FunctionalStack.IO;

/// <summary>Reads the columns that a model needs, each in the format of the training data.</summary>
internal static class SchemaReader
{
    public static Outcome<Frame> Read(CsvText text, Schema schema, Func<string, int> find)
    {
        var sources = schema.Columns.GroupBy(column => column.Source)
            .Select(parts => new Source(find(parts.Key), [.. parts], FillOf(text, parts.First()))).ToArray();
        Fill.All(text, [.. sources.Select(source => (source.At, source.Fill))]);
        var columns = new Dictionary<string, NamedColumn>(StringComparer.Ordinal);
        var notes = new List<Note>();
        foreach (var source in sources)
        {
            if (Refusal(text, source) is { } refusal) return new Outcome<Frame>.Fail(refusal);
            if (source.Fill is NumberFill { Found: var found }) notes.AddRange(found.Notes(text, source.At, ""));
            foreach (var column in source.Made(text)) columns[column.Name] = column;
        }

        return new Outcome<Frame>.Ok(
            new(text.RowCount, EquatableArray.From(schema.Columns.Select(column => columns[column.Name]))), EquatableArray.From(notes));
    }

    private static IColumnFill FillOf(CsvText text, ColumnSchema column) => column switch
    {
        { Text.Date: { } date } => new DateFill(text.RowCount, date.Order, column.Text.Missing),
        ColumnSchema.Numeric => new NumberFill(text.RowCount, column.Text),
        _ => new StringCodes(text.RowCount, column.Text.Missing),
    };

    private static Failure? Refusal(CsvText text, Source source)
    {
        var format = source.Parts[0].Text;
        return source.Fill switch
        {
            NumberFill { Found: { Strings: > 0, IsBoolean: false } found } => NotANumber(text, found.FirstString, source.At, format),
            NumberFill { Found.FirstTooLarge: >= 0 and var row } =>
                ((Outcome<Verdict>.Fail)VerdictOf.TooLarge(text, source.At, row)).Failure,
            DateFill { FirstString: >= 0 and var row } => new(
                text.Where(row, source.At),
                $"{text.Quote(row, source.At)} is not a date in the order of the training data ({format.Date!.Order.Text()})",
                "Correct the cell, leave it empty, or give the order of dates with --dates."),
            _ => null,
        };
    }

    public static Failure NotANumber(CsvText text, int row, int at, TextFormat format) => new(
        text.Where(row, at),
        $"{text.Quote(row, at)} is not a number"
            + (format with { Missing = default } == TextFormat.Usual ? "" : $" in the format of the training data ({format})"),
        "Correct the cell, or leave it empty.");

    private sealed record Source(int At, ColumnSchema[] Parts, IColumnFill Fill)
    {
        public IEnumerable<NamedColumn> Made(CsvText text) => Fill switch
        {
            DateFill dates => DateColumns.EveryPart(
                Parts[0].Source, EquatableArray.Own(((Column.Numeric)dates.Column()).ToArray()), Parts[0].Text, Parts[0].Text.Date!.Order),

            // true and false in a column that was numeric in training; the schema converts them to 1 and 0.
            NumberFill { Found.IsBoolean: true } =>
                [new(Parts[0].Name, Column.Categorical.Of([.. ColumnReader.Strings(text, At, Parts[0].Text.Missing)]))],
            var other => [new(Parts[0].Name, other.Column()) { Text = Parts[0].Text }],
        };
    }
}
