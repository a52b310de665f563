namespace FunctionalStack;

/// <summary>A column with its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Column">The column.</param>
public sealed record NamedColumn(string Name, Column Column)
{
    /// <summary>The base and class whose predictions the column holds; null for other columns. Ignored by equality.</summary>
    public PredictionOrigin? Origin { get; init; }

    /// <summary>How its text was parsed. Ignored by equality.</summary>
    public TextFormat Text { get; init; } = TextFormat.Usual;

    /// <summary>The source column in a table or record: its own name, or the date column that it is a part of.</summary>
    public string Source => Text.SourceOf(Name);

    /// <inheritdoc/>
    public bool Equals(NamedColumn? other) => other is not null && Name == other.Name && Column == other.Column;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Column);
}

/// <summary>The origin of a column of predictions.</summary>
/// <param name="Base">The base's name in its stack.</param>
/// <param name="Level">The class whose probability it is; null for labels and for numeric predictions.</param>
/// <param name="StackMethod">What the column holds; ignored for numeric predictions.</param>
public sealed record PredictionOrigin(string Base, string? Level, StackMethod StackMethod = StackMethod.Probabilities);

/// <summary>
/// Named columns of equal length. Immutable, with structural sharing: adding a column copies no values, and
/// <see cref="Take"/> stores row indices over the same values.
/// </summary>
public sealed record Frame
{
    private readonly Dictionary<string, int> positions;

    /// <summary>A frame of these columns.</summary>
    /// <exception cref="ArgumentException">Two columns share a name, or lengths differ.</exception>
    public Frame(int rowCount, EquatableArray<NamedColumn> columns)
    {
        positions = new(columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            var (name, column) = columns[i];
            if (!positions.TryAdd(name, i)) throw new ArgumentException($"two columns are named '{name}'", nameof(columns));
            if (column.Count != rowCount)
                throw new ArgumentException($"column '{name}' has {column.Count} rows, not {rowCount}", nameof(columns));
        }

        (RowCount, Columns) = (rowCount, columns);
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The columns, in order.</summary>
    public EquatableArray<NamedColumn> Columns { get; }

    /// <summary>A frame of these columns; the first one gives the number of rows.</summary>
    public static Frame Of(params (string Name, Column Column)[] columns) =>
        new(columns.Length == 0 ? 0 : columns[0].Column.Count, EquatableArray.From(columns.Select(c => new NamedColumn(c.Name, c.Column))));

    /// <summary>A frame without columns.</summary>
    public static Frame Empty(int rowCount) => new(rowCount, default);

    /// <summary>The column names, in order.</summary>
    public EquatableArray<string> Names => EquatableArray.From(Columns.Select(c => c.Name));

    /// <summary>The column with this name.</summary>
    /// <exception cref="KeyNotFoundException">No column has that name.</exception>
    public Column this[string name] => Find(name) ?? throw new KeyNotFoundException($"no column is named '{name}'");

    private int Position(string name) =>
        positions.TryGetValue(name, out var at) ? at : throw new KeyNotFoundException($"no column is named '{name}'");

    /// <summary>The column with this name, or null if there is none.</summary>
    public Column? Find(string name) => positions.TryGetValue(name, out var at) ? Columns[at].Column : null;

    /// <summary>The place of the column with this name, or null if there is none.</summary>
    internal int? PlaceOf(string name) => positions.TryGetValue(name, out var at) ? at : null;

    /// <summary>Adds or replaces the column called <paramref name="name"/>. A replaced column keeps its position; a new one is
    /// appended.</summary>
    public Frame With(string name, Column column)
    {
        var named = new NamedColumn(name, column);
        return new(RowCount, positions.TryGetValue(name, out var at)
            ? EquatableArray.From(Columns.Select((existing, i) => i == at ? named : existing))
            : [.. Columns, named]);
    }

    /// <summary>The frame without the columns called <paramref name="names"/>. Unknown names are ignored.</summary>
    public Frame Without(params string[] names) => new(RowCount, EquatableArray.From(Columns.Where(c => !names.Contains(c.Name))));

    /// <summary>The columns called <paramref name="names"/>, in that order.</summary>
    /// <exception cref="KeyNotFoundException">A name is unknown.</exception>
    public Frame Select(params string[] names) => new(RowCount, EquatableArray.From(names.Select(name => Columns[Position(name)])));

    /// <summary>This frame's columns, followed by those of <paramref name="other"/>.</summary>
    public Frame Beside(Frame other) => new(RowCount, [.. Columns, .. other.Columns]);

    /// <summary>The rows at <paramref name="rows"/>, in that order. Repeats are allowed.</summary>
    public Frame Take(EquatableArray<int> rows)
    {
        var whole = new RowView(rows);
        var composed = new Dictionary<RowView, RowView>(ReferenceEqualityComparer.Instance);
        return new(rows.Count, EquatableArray.From(Columns.Select(c => c with { Column = c.Column.Seen(Through(c.Column.View)) })));

        RowView Through(RowView? view)
        {
            if (view is null) return whole;
            if (!composed.TryGetValue(view, out var through)) composed[view] = through = RowView.Compose(view, rows);
            return through;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Frame? other) => other is not null && RowCount == other.RowCount && Columns == other.Columns;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RowCount, Columns);
}
