namespace FunctionalStack.IO;

/// <summary>
/// A CSV file, known to be rectangular text with named columns. Its columns become numbers or categories when asked for,
/// so a column that plays no part cannot spoil those that do.
/// </summary>
/// <remarks>
/// Separated by commas, semicolons or tabs, whichever the header holds most of; quoted as RFC 4180 says; UTF-8. Blank lines are no rows.
/// docs/data.md says what is read how.
/// </remarks>
public sealed class Table
{
    private readonly CsvText text;
    private readonly Dictionary<string, int> places;

    private Table(CsvText text)
    {
        this.text = text;
        places = text.Header.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>The file's path as given, for messages.</summary>
    public string Name => text.Name;

    public EquatableArray<string> Header => text.Header;

    public int RowCount => text.RowCount;

    /// <summary>
    /// Reads the file at <paramref name="path"/>, or standard input for <c>-</c>. Fails where it is absent, a folder, unreadable, empty, not UTF-8 text or
    /// without rows, where a row has more or fewer cells than the header, and where two columns share a name or one has none.
    /// </summary>
    public static Outcome<Table> Read(string path) => path == StandardStream.Dash
        ? StandardStream.Read().Bind(bytes => Parse("standard input", bytes))
        : InputFile.Read(path, "a CSV file", file => Parse(file, File.ReadAllBytes(file)));

    /// <summary>Reads CSV text in memory; <paramref name="name"/> stands for the file in messages.</summary>
    public static Outcome<Table> Parse(string name, ReadOnlyMemory<byte> utf8) => CsvText.Parse(name, utf8).Map(text => new Table(text));

    /// <summary>
    /// All columns but <paramref name="without"/>, as features. A column is numeric if each of its cells is a number or missing;
    /// a column of dates becomes its parts (<see cref="DateColumns"/>); all others are categorical, their levels in ordinal
    /// order. docs/data.md says what is a number, a date and missing. Notes tell what somebody might have meant otherwise.
    /// Fails where a few words stand among numbers or dates, since those are slips and not categories (at most 1 or 5% of the
    /// cells, and at least twice as many others), where a column has both decimal marks or only some percent signs, where a
    /// number is infinite or above 1e100, and where a name is unknown.
    /// </summary>
    /// <param name="categorical">Columns that are categorical whatever their cells.</param>
    /// <param name="without">Columns to leave out.</param>
    /// <param name="options">What is said of the text; null for nothing.</param>
    public Outcome<Frame> Frame(EquatableArray<string> categorical = default, EquatableArray<string> without = default, TextOptions? options = null)
    {
        foreach (var name in categorical.Concat(without))
        {
            if (Find(name) is Outcome<int>.Fail absent) return new Outcome<Frame>.Fail(absent.Failure);
        }

        var requests = Enumerable.Range(0, Header.Count)
            .Where(at => !without.Contains(Header[at]))
            .Select(at => new ColumnRequest(at, categorical.Contains(Header[at]) ? ColumnKind.Categorical : null));
        return from read in Read(EquatableArray.From(requests), options ?? TextOptions.None)
               from frame in Features(read).Noting([.. Predicted(read), .. Blank])
               select frame;
    }

    /// <summary>
    /// The columns that a model needs, each read as training read it, so that <c>007</c> stays a word where categories were
    /// trained, and <c>1,5</c> is a number where training had decimal commas; a column of numbers may also be one of the words
    /// true and false. What is left to do, <see cref="Schema.Conform"/> does, and so does whatever carries a schema. Fails where
    /// a column is absent, and where one of numbers or dates holds something else, or a number above 1e100.
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
    /// One column, of the kind asked for or, without one, of the kind that its cells have: dates are words.
    /// </summary>
    public Outcome<Column> Column(string name, ColumnKind? kind = null, TextOptions? options = null) =>
        Find(name).Bind(at => Read([new(at, kind, Dates: false)], options ?? TextOptions.None)).Map(read => read[0].Column);

    /// <summary>The cells of a column, white space around them aside, null where missing: <c>"007"</c> stays <c>"007"</c>.</summary>
    /// <param name="name">The column.</param>
    /// <param name="missing">Further spellings of a missing value.</param>
    public Outcome<EquatableArray<string?>> Words(string name, EquatableArray<string> missing = default) => Find(name).Map(at => ColumnReader.Words(text, at, missing));

    /// <summary>The cells of a column letter for letter, null where they are empty.</summary>
    internal Outcome<EquatableArray<string?>> Ids(string name) => Find(name).Map(at => ColumnReader.Words(text, at, default, WhiteSpace.Kept));

    internal Outcome<EquatableArray<ColumnRead>> Read(EquatableArray<ColumnRequest> requests, TextOptions options) => ColumnReader.Read(text, requests, options);

    internal static EquatableArray<Note> Predicted(EquatableArray<ColumnRead> read) => new TableReading(EquatableArray.From(read.Select(column => column.Reading))).Notes;

    /// <summary>A note of blank lines, if there are any.</summary>
    internal EquatableArray<Note> Blank => text.Blank.Note(Name) is { } note ? [note] : default;

    /// <summary>The columns as features. Fails where a part of a date has the name of another column.</summary>
    internal Outcome<Frame> Features(EquatableArray<ColumnRead> read)
    {
        var columns = EquatableArray.From(read.SelectMany(column => column.Features));
        return columns.GroupBy(column => column.Name).FirstOrDefault(alike => alike.Count() > 1) is { } twice
            ? Outcome.Fail<Frame>(Name, $"has a column '{twice.Key}', the name of a part of a date", $"Rename it, or declare the dates categorical.")
            : Outcome.Ok(new Frame(RowCount, columns));
    }

    /// <summary>The place of a cell, for failures: file, row (from 1), line (the header's is 1) and column.</summary>
    public string Where(int row, string column) => text.Where(row, PlaceOf(column));

    /// <summary>The place of a column that is there.</summary>
    internal int PlaceOf(string name) => places[name];

    internal Outcome<int> Find(string name)
    {
        if (places.TryGetValue(name, out var at)) return Outcome.Ok(at);
        var near = NearestName.To(name, Header);
        return Outcome.Fail<int>(
            Name, $"has no column '{name}'", near is null ? HeaderText() : $"Did you mean '{near}'? {HeaderText()}");
    }

    private string HeaderText() => Header.Count <= 30
        ? $"The columns are {string.Join(", ", Header)}."
        : $"The {Header.Count} columns are {string.Join(", ", Header.Take(20))}, ..., {string.Join(", ", Header.Skip(Header.Count - 5))}.";
}
