namespace FunctionalStack.IO;

/// <summary>Reads the columns that a model needs, each in the format of the training data.</summary>
internal static class SchemaReader
{
    public static Outcome<Frame> Read(TableText text, Schema schema, Func<string, int> find)
    {
        var sources = schema.Columns.GroupBy(column => column.Source)
            .Select(parts => Of(text, find(parts.Key), [.. parts])).ToArray();
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

    private static Source Of(TableText text, int at, ColumnSchema[] parts) => new(at, parts, FillOf(text, at, parts[0]));

    // Numbers and dates of a known type are not in the format of the training data. Numbers may also be categories, as in
    // Schema.Conform.
    private static IColumnFill FillOf(TableText text, int at, ColumnSchema column) => (column, text.TypeOf(at)) switch
    {
        ({ Text.Date: { Order: not DateOrder.TimeOnly } }, TypedColumn.Dates) =>
            new DateFill(text.RowCount, DateOrder.YearFirst, column.Text.Missing),
        ({ Text.Date: { } date }, _) => new DateFill(text.RowCount, date.Order, column.Text.Missing),
        (_, TypedColumn.Numbers or TypedColumn.Integers) =>
            new NumberFill(text.RowCount, TextFormat.Usual with { Missing = column.Text.Missing }),
        (ColumnSchema.Numeric, _) => new NumberFill(text.RowCount, column.Text),
        _ => new StringCodes(text.RowCount, column.Text.Missing),
    };

    private static Failure? Refusal(TableText text, Source source)
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

    public static Failure NotANumber(TableText text, int row, int at, TextFormat format) => new(
        text.Where(row, at),
        $"{text.Quote(row, at)} is not a number"
            + (format with { Missing = default } == TextFormat.Usual ? "" : $" in the format of the training data ({format})"),
        "Correct the cell, or leave it empty.");

    private sealed record Source(int At, ColumnSchema[] Parts, IColumnFill Fill)
    {
        public IEnumerable<NamedColumn> Made(TableText text) => Fill switch
        {
            DateFill dates => DateColumns.EveryPart(
                Parts[0].Source, EquatableArray.Own(((Column.Numeric)dates.Column()).ToArray()), Parts[0].Text, Parts[0].Text.Date!.Order),

            // Whole numbers that a double does not hold with all digits, for a column of categories.
            NumberFill { Found.FirstRounded: >= 0 } when Parts[0] is not ColumnSchema.Numeric => [Strings(text)],

            // true and false in a column that was numeric in training; the schema converts them to 1 and 0.
            NumberFill { Found.IsBoolean: true } => [Strings(text)],
            var other => [new(Parts[0].Name, other.Column()) { Text = Parts[0].Text }],
        };

        private NamedColumn Strings(TableText text) =>
            new(Parts[0].Name, Column.Categorical.Of([.. ColumnReader.Strings(text, At, Parts[0].Text.Missing)]));
    }
}
