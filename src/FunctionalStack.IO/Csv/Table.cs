namespace FunctionalStack.IO;

/// <summary>
/// A CSV file, known to be rectangular text with named columns. Its columns become numbers or categories when asked for,
/// so a column that plays no part cannot spoil those that do.
/// </summary>
/// <remarks>
/// Separated by commas, or by semicolons or tabs where the header holds no comma; quoted as RFC 4180 says; UTF-8.
/// Missing: empty, <c>NA</c>, <c>N/A</c>, <c>NaN</c>, <c>nan</c>, <c>null</c>, <c>NULL</c> and <c>?</c>, white space around them aside.
/// Blank lines are passed over. Names of columns are trimmed, words in cells are not.
/// </remarks>
public sealed class Table
{
    private readonly CsvText text;

    private Table(CsvText text) => this.text = text;

    /// <summary>The file's path as given, for messages.</summary>
    public string Name => text.Name;

    public Values<string> Header => text.Header;

    public int RowCount => text.RowCount;

    /// <summary>
    /// Reads the file at <paramref name="path"/>. Fails where it is absent, a folder, unreadable, empty, not UTF-8 text or
    /// without rows, where a row has more or fewer cells than the header, and where two columns share a name or one has none.
    /// </summary>
    public static Outcome<Table> Read(string path) => InputFile.Read(path, "a CSV file", file => Parse(file, File.ReadAllBytes(file)));

    /// <summary>Reads CSV text in memory; <paramref name="name"/> stands for the file in messages.</summary>
    public static Outcome<Table> Parse(string name, ReadOnlyMemory<byte> utf8) => CsvText.Parse(name, utf8).Map(text => new Table(text));

    /// <summary>
    /// All columns but <paramref name="without"/>. A column is numeric if each of its cells is a number or missing, and else
    /// categorical, its levels in ordinal order. Fails where a few words stand among numbers, since those are slips and
    /// not categories (at most 1 or 5% of the cells, and at least twice as many numbers), where a number is infinite or above
    /// 1e100, and where a name is unknown.
    /// </summary>
    /// <param name="categorical">Columns that are categorical whatever their cells.</param>
    /// <param name="without">Columns to leave out.</param>
    public Outcome<Frame> Frame(Values<string> categorical = default, Values<string> without = default)
    {
        foreach (var name in categorical.Concat(without))
        {
            if (Find(name) is Outcome<int>.Fail absent) return new Outcome<Frame>.Fail(absent.Failure);
        }

        return ColumnReader.Read(text, Values.From(Enumerable.Range(0, Header.Count)
            .Where(at => !without.Contains(Header[at]))
            .Select(at => new ColumnRequest(at, categorical.Contains(Header[at]) ? ColumnKind.Categorical : null))));
    }

    /// <summary>
    /// The columns that a model needs, each read as the kind that training had, so that <c>007</c> stays a word where
    /// categories were trained; a column of numbers may also be one of the words true and false. What is left to do,
    /// <see cref="Schema.Conform"/> does, and so does whatever carries a schema. Fails where a column is absent, and where
    /// a column of numbers holds another word or a number above 1e100.
    /// </summary>
    public Outcome<Frame> Frame(Schema schema)
    {
        var absent = schema.Columns.Select(column => column.Name).Where(name => !Header.Contains(name)).ToArray();
        return absent.Length switch
        {
            0 => ColumnReader.Read(text, Values.From(schema.Columns.Select(column => column is ColumnSchema.Categorical
                ? new ColumnRequest(Find(column.Name).OrThrow(), ColumnKind.Categorical)
                : new ColumnRequest(Find(column.Name).OrThrow(), ColumnKind.Numeric, OrTruth: true)))),
            1 => Find(absent[0]).Map(_ => FunctionalStack.Frame.Empty(0)),
            _ => Outcome.Fail<Frame>(
                Name,
                $"has no columns {Listed.Some([.. absent.Select(name => $"'{name}'")])}",
                "Give the columns that the model was fitted on."),
        };
    }

    /// <summary>
    /// One column, of the kind asked for or, without one, of the kind that <see cref="Frame(Values{string}, Values{string})"/>
    /// would give it.
    /// </summary>
    public Outcome<Column> Column(string name, ColumnKind? kind = null) =>
        Find(name).Bind(at => ColumnReader.Read(text, [new(at, kind)])).Map(frame => frame.Columns[0].Column);

    /// <summary>The cells of a column as they stand in the file, null where missing: <c>"007"</c> stays <c>"007"</c>.</summary>
    public Outcome<Values<string?>> Words(string name) => Find(name).Map(at => ColumnReader.Words(text, at));

    /// <summary>The place of a cell, for failures: file, row (from 1), line (the header's is 1) and column.</summary>
    public string Where(int row, string column) => text.Where(row, Header.ToList().IndexOf(column));

    internal Outcome<int> Find(string name)
    {
        for (var at = 0; at < Header.Count; at++)
        {
            if (Header[at] == name) return Outcome.Ok(at);
        }

        var near = NearestName.To(name, Header);
        return Outcome.Fail<int>(
            Name, $"has no column '{name}'", near is null ? HeaderText() : $"Did you mean '{near}'? {HeaderText()}");
    }

    private string HeaderText() => Header.Count <= 30
        ? $"The columns are {string.Join(", ", Header)}."
        : $"The {Header.Count} columns are {string.Join(", ", Header.Take(20))}, ..., {string.Join(", ", Header.Skip(Header.Count - 5))}.";
}
