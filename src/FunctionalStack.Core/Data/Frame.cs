namespace FunctionalStack;

/// <summary>A column with the name it goes by.</summary>
public sealed record NamedColumn(string Name, Column Column)
{
    /// <summary>The base and the class that the column holds predictions of; null where it holds none. It is no part of what makes columns equal.</summary>
    public PredictionOrigin? Origin { get; init; }

    /// <summary>How its text was read; no part of what makes columns equal.</summary>
    public TextFormat Text { get; init; } = TextFormat.Usual;

    public bool Equals(NamedColumn? other) => other is not null && Name == other.Name && Column == other.Column;

    public override int GetHashCode() => HashCode.Combine(Name, Column);
}

/// <summary>Where a column of predictions comes from.</summary>
/// <param name="Base">The base's name in its stack.</param>
/// <param name="Level">The class whose probability it is; null for labels and for numeric predictions.</param>
/// <param name="StackMethod">What of the prediction it is; of no meaning for numeric predictions.</param>
public sealed record PredictionOrigin(string Base, string? Level, StackMethod StackMethod = StackMethod.Probabilities);

/// <summary>
/// Named columns of one length. Immutable and structurally shared: adding a column copies no values, and
/// <see cref="Take"/> keeps row indices over the same values.
/// </summary>
public sealed record Frame
{
    private readonly Dictionary<string, int> positions;

    /// <exception cref="ArgumentException">Two columns share a name, or lengths differ.</exception>
    public Frame(int rowCount, EquatableArray<NamedColumn> columns)
    {
        positions = new(columns.Count, StringComparer.Ordinal);
        for (var i = 0; i < columns.Count; i++)
        {
            var (name, column) = columns[i];
            if (!positions.TryAdd(name, i)) throw new ArgumentException($"two columns are named '{name}'", nameof(columns));
            if (column.Count != rowCount) throw new ArgumentException($"column '{name}' has {column.Count} rows, not {rowCount}", nameof(columns));
        }

        (RowCount, Columns) = (rowCount, columns);
    }

    public int RowCount { get; }

    public EquatableArray<NamedColumn> Columns { get; }

    public static Frame Of(params (string Name, Column Column)[] columns) =>
        new(columns.Length == 0 ? 0 : columns[0].Column.Count, EquatableArray.From(columns.Select(c => new NamedColumn(c.Name, c.Column))));

    /// <summary>A frame without columns.</summary>
    public static Frame Empty(int rowCount) => new(rowCount, default);

    public EquatableArray<string> Names => EquatableArray.From(Columns.Select(c => c.Name));

    /// <exception cref="KeyNotFoundException">No column goes by that name.</exception>
    public Column this[string name] => Find(name) ?? throw new KeyNotFoundException($"no column is named '{name}'");

    private int Position(string name) => positions.TryGetValue(name, out var at) ? at : throw new KeyNotFoundException($"no column is named '{name}'");

    public Column? Find(string name) => positions.TryGetValue(name, out var at) ? Columns[at].Column : null;

    /// <summary>With <paramref name="column"/> under <paramref name="name"/>: replaced in place where the name exists, else appended.</summary>
    public Frame With(string name, Column column)
    {
        var named = new NamedColumn(name, column);
        return new(RowCount, positions.TryGetValue(name, out var at)
            ? EquatableArray.From(Columns.Select((existing, i) => i == at ? named : existing))
            : [.. Columns, named]);
    }

    public Frame Without(params string[] names) => new(RowCount, EquatableArray.From(Columns.Where(c => !names.Contains(c.Name))));

    /// <summary>The columns called <paramref name="names"/>, in that order.</summary>
    /// <exception cref="KeyNotFoundException">A name is unknown.</exception>
    public Frame Select(params string[] names) => new(RowCount, EquatableArray.From(names.Select(name => Columns[Position(name)])));

    /// <summary>This frame's columns, then <paramref name="other"/>'s.</summary>
    public Frame Beside(Frame other) => new(RowCount, [.. Columns, .. other.Columns]);

    /// <summary>The rows at <paramref name="rows"/>, in that order; repeats are allowed.</summary>
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

    public bool Equals(Frame? other) => other is not null && RowCount == other.RowCount && Columns == other.Columns;

    public override int GetHashCode() => HashCode.Combine(RowCount, Columns);
}
