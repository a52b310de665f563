namespace FunctionalStack;

/// <summary>Encodes rows as codes of the training levels, followed by unseen levels. Mutable; for use inside one function.</summary>
internal sealed class Recoding
{
    private readonly EquatableArray<string> levels;
    private readonly int[] codes;
    private Dictionary<string, int>? added;
    private int addedRows;
    private string? addedFirst;
    private int changedRows;
    private (string From, string To)? changedFirst;

    /// <summary>All rows missing.</summary>
    public Recoding(EquatableArray<string> levels, int rowCount)
    {
        (this.levels, codes) = (levels, new int[rowCount]);
        Array.Fill(codes, -1);
    }

    /// <summary>Sets a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="text">Its text.</param>
    /// <param name="code">The code of the training level that it matches; -1 if there is none.</param>
    public void Put(int row, string text, int code)
    {
        if (code < 0)
        {
            code = levels.Count + Added(text);
            addedRows++;
            addedFirst ??= text;
        }
        else if (text != levels[code])
        {
            changedRows++;
            changedFirst ??= (text, levels[code]);
        }

        codes[row] = code;
    }

    /// <summary>The column, with notes at <paramref name="where"/> about unseen levels and differently written ones.</summary>
    public Outcome<Column> Column(string where)
    {
        var notes = new List<Note>();
        if (changedFirst is var (from, to)) Add("hold training levels in another spelling", $"'{from}' as '{to}'", changedRows);
        if (addedFirst is { } first) Add("hold levels that are not in the training data", $"'{first}'", addedRows);

        return new Outcome<Column>.Ok(FunctionalStack.Column.Categorical.Known(Extended(), EquatableArray.Own(codes)),
            EquatableArray.From(notes));

        void Add(string topic, string example, int rows) =>
            notes.Add(new RowCount(topic, $"{topic} (e.g. {example})", rows).Note(where, codes.Length));
    }

    private int Added(string text)
    {
        added ??= new(StringComparer.Ordinal);
        if (!added.TryGetValue(text, out var place)) added[text] = place = added.Count;
        return place;
    }

    // In ordinal order, so that the order of rows does not matter.
    private EquatableArray<string> Extended()
    {
        if (added is null) return levels;
        var ordered = added.Keys.Order(StringComparer.Ordinal).ToArray();
        var placeOf = new int[ordered.Length];
        for (var place = 0; place < ordered.Length; place++) placeOf[added[ordered[place]]] = place;
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= levels.Count) codes[row] = levels.Count + placeOf[codes[row] - levels.Count];
        }

        return [.. levels, .. ordered];
    }
}
