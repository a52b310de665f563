namespace FunctionalStack.IO;

/// <summary>
/// A CSV file, checked to be rectangular text with named columns, or columns with known types (<see cref="Of"/>). Columns are parsed on
/// request, so an unused column cannot cause an error.
/// </summary>
/// <remarks>
/// Cells are separated by commas, semicolons or tabs, whichever the header has most of. Quoting is as in RFC 4180; the encoding is
/// UTF-8. Blank lines are skipped. docs/data.md describes all rules of reading.
/// </remarks>
public sealed class Table
{
    private readonly TableText text;
    private readonly Dictionary<string, int> places;
    private readonly bool isBlock;

    /// <summary>The table of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isBlock">Whether it is a block of a file, whose blank lines are noted for the whole file.</param>
    internal Table(TableText text, bool isBlock = false)
    {
        (this.text, this.isBlock) = (text, isBlock);
        places = text.Header.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>The file's path as given, for messages.</summary>
    public string Name => text.Name;

    /// <summary>The column names.</summary>
    public EquatableArray<string> Header => text.Header;

    /// <summary>The number of rows.</summary>
    public int RowCount => text.RowCount;

    /// <summary>The number of rows of the file before those of this table, which is one of its blocks (<see cref="TableBlocks"/>); 0 for
    /// a whole file.</summary>
    public long RowsBefore => text.RowsBefore;

    /// <summary>
    /// Reads the file at <paramref name="path"/>, or standard input for <c>-</c>. Fails if it does not exist, is a folder, is
    /// unreadable, empty, not UTF-8 text or without rows; if a row has more or fewer cells than the header; and if two columns have
    /// the same name or one has none.
    /// </summary>
    public static Outcome<Table> Read(string path) => path == StandardStream.Dash
        ? StandardStream.Read().Bind(bytes => Parse("standard input", bytes))
        : InputFile.Read(path, "a CSV file", file => Parse(file, File.ReadAllBytes(file)));

    /// <summary>Reads CSV text in memory; messages use <paramref name="name"/> as the file's name.</summary>
    public static Outcome<Table> Parse(string name, ReadOnlyMemory<byte> utf8) => CsvText.Parse(name, utf8).Map(text => new Table(text));

    /// <summary>
    /// A table of columns with known types; messages use <paramref name="name"/>. It is read as a CSV file of the same cells, but columns
    /// of strings stay strings, and rules about the text of numbers and dates have no effect.
    /// </summary>
    /// <param name="name">How messages name it, such as the path of a file.</param>
    /// <param name="columns">The columns, all of the same length.</param>
    /// <returns>The table. Fails without columns or rows, and if two columns have the same name or one has none.</returns>
    /// <exception cref="ArgumentException">Columns differ in length.</exception>
    public static Outcome<Table> Of(string name, EquatableArray<NamedTypedColumn> columns)
    {
        var rowCount = columns.Count == 0 ? 0 : columns[0].Column.Count;
        if (columns.FirstOrDefault(column => column.Column.Count != rowCount) is { } other)
            throw new ArgumentException($"column '{other.Name}' has {other.Column.Count} rows, not {rowCount}", nameof(columns));
        return TypedText.Of(name, rowCount, columns).Map(text => new Table(text));
    }

    /// <summary>
    /// All columns except <paramref name="without"/>, as features. A column is numeric if each of its cells is a number or missing. A
    /// column of dates is replaced by its parts (<see cref="DateColumns"/>). All other columns are categorical, with levels in
    /// ordinal order. docs/data.md defines numbers, dates and missing values. Notes list ambiguous decisions.
    /// Fails if a few strings occur among numbers or dates, since these are probably errors (at most 1 or 5% of the cells, and at
    /// least twice as many others); if a column has both decimal marks or only some percent signs; if a number is infinite or above
    /// 1e100; and if a name is unknown.
    /// </summary>
    /// <param name="categorical">Columns that are categorical for any content.</param>
    /// <param name="without">Columns to exclude.</param>
    /// <param name="options">Rules for reading text; null for none.</param>
    public Outcome<Frame> Frame(EquatableArray<string> categorical = default, EquatableArray<string> without = default,
        TextOptions? options = null)
    {
        foreach (var name in categorical.Concat(without))
        {
            if (Find(name) is Outcome<int>.Fail absent) return new Outcome<Frame>.Fail(absent.Failure);
        }

        var requests = Enumerable.Range(0, Header.Count)
            .Where(at => !without.Contains(Header[at]))
            .Select(at => new ColumnRequest(at, categorical.Contains(Header[at]) ? ColumnKind.Categorical : null));
        return from read in Read(EquatableArray.From(requests), options ?? TextOptions.None)
               from frame in Features(read).Noting([.. NotesOf(read), .. Blank])
               select frame;
    }

    /// <summary>
    /// The columns that a model needs, each read in the format of the training data: <c>007</c> stays a string if the column was
    /// categorical, and <c>1,5</c> is a number if training had decimal commas. A numeric column may also hold true and false.
    /// <see cref="Schema.Conform"/> does the rest, as every model with a schema does. Fails if a column does not exist, and if a
    /// numeric or date column holds something else, or a number above 1e100.
    /// </summary>
    public Outcome<Frame> Frame(Schema schema)
    {
        var absent = schema.Columns.Select(column => column.Source).Distinct().Where(name => !places.ContainsKey(name)).ToArray();
        return absent.Length switch
        {
            0 => SchemaReader.Read(text, schema, name => Find(name).OrThrow()).Noting(Blank),
            1 => Find(absent[0]).Map(_ => FunctionalStack.Frame.Empty(0)),
            _ => Outcome.Fail<Frame>(
                Name,
                $"has no columns {Listed.Some([.. absent.Select(name => $"'{name}'")])}",
                "Give the columns that the model was fitted on."),
        };
    }

    /// <summary>
    /// One column of the given kind, or of the kind of its cells. Dates are strings.
    /// </summary>
    public Outcome<Column> Column(string name, ColumnKind? kind = null, TextOptions? options = null) =>
        Find(name).Bind(at => Read([new(at, kind, Dates: false)], options ?? TextOptions.None)).Map(read => read[0].Column);

    /// <summary>The cells of a column without surrounding white space; null where missing. <c>"007"</c> stays <c>"007"</c>.</summary>
    /// <param name="name">The column.</param>
    /// <param name="missing">Additional spellings of missing values.</param>
    public Outcome<EquatableArray<string?>> Words(string name, EquatableArray<string> missing = default) =>
        Find(name).Map(at => ColumnReader.Strings(text, at, missing));

    /// <summary>The cells of a column unchanged; null where empty.</summary>
    internal Outcome<EquatableArray<string?>> Ids(string name) =>
        Find(name).Map(at => ColumnReader.Strings(text, at, default, WhiteSpace.Kept));

    internal Outcome<EquatableArray<ColumnRead>> Read(EquatableArray<ColumnRequest> requests, TextOptions options) =>
        ColumnReader.Read(text, requests, options);

    internal static EquatableArray<Note> NotesOf(EquatableArray<ColumnRead> read) =>
        new TableReading(EquatableArray.From(read.Select(column => column.Reading))).Notes;

    /// <summary>A note about blank lines, if there are any.</summary>
    internal EquatableArray<Note> Blank => !isBlock && text.Blank.Note(Name) is { } note ? [note] : default;

    /// <summary>The columns as features. Fails if a part of a date has the name of another column.</summary>
    internal Outcome<Frame> Features(EquatableArray<ColumnRead> read)
    {
        var columns = EquatableArray.From(read.SelectMany(column => column.Features));
        return columns.GroupBy(column => column.Name).FirstOrDefault(alike => alike.Count() > 1) is { } twice
            ? Outcome.Fail<Frame>(Name, $"has a column '{twice.Key}', which is also the name of a part of a date",
                $"Rename it, or declare the date column categorical.")
            : Outcome.Ok(new Frame(RowCount, columns));
    }

    /// <summary>The position of a cell, for failures: file, row (from 1), line (the header's is 1) and column.</summary>
    public string Where(int row, string column) => text.Where(row, PlaceOf(column));

    /// <summary>The failure of a string in a column of numbers.</summary>
    internal Failure NotANumber(int row, ColumnSchema column) => SchemaReader.NotANumber(text, row, PlaceOf(column.Source), column.Text);

    /// <summary>The index of an existing column.</summary>
    internal int PlaceOf(string name) => places[name];

    internal Outcome<int> Find(string name)
    {
        if (places.TryGetValue(name, out var at)) return Outcome.Ok(at);
        var near = NearestName.To(name, Header);
        return Outcome.Fail<int>(
            Name, $"has no column '{name}'", near is null ? HeaderText() : $"Did you mean '{near}'? {HeaderText()}");
    }

    private string HeaderText() => Header.Count == 1
        ? $"The only column is '{Header[0]}'. {text.Hint}".TrimEnd()
        : Header.Count <= 30
        ? $"The columns are {string.Join(", ", Header)}."
        : $"The {Header.Count} columns are {string.Join(", ", Header.Take(20))}, ..., {string.Join(", ", Header.Skip(Header.Count - 5))}.";
}
