namespace FunctionalStack;

/// <summary>Rows as codes of the levels that training had, with others after them. Mutable; for use inside one function.</summary>
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

    /// <param name="row">The row.</param>
    /// <param name="word">What it holds.</param>
    /// <param name="code">The level of training that this is; -1 where there is none.</param>
    public void Put(int row, string word, int code)
    {
        if (code < 0)
        {
            code = levels.Count + Added(word);
            addedRows++;
            addedFirst ??= word;
        }
        else if (word != levels[code])
        {
            changedRows++;
            changedFirst ??= (word, levels[code]);
        }

        codes[row] = code;
    }

    /// <summary>The column, with notes of what training did not have and of what is written otherwise.</summary>
    public Outcome<Column> Column(Func<string, Note> note)
    {
        var notes = new List<Note>();
        if (changedFirst is var (from, to))
        {
            notes.Add(note(
                $"{changedRows} of {codes.Length} rows are read as levels that training wrote otherwise (e.g. '{from}' as '{to}')"));
        }

        if (addedFirst is { } first)
        {
            notes.Add(note($"{addedRows} of {codes.Length} rows hold levels that training did not have (e.g. '{first}')"));
        }

        return new Outcome<Column>.Ok(FunctionalStack.Column.Categorical.Known(Extended(), EquatableArray.Own(codes)), EquatableArray.From(notes));
    }

    private int Added(string word)
    {
        added ??= new(StringComparer.Ordinal);
        if (!added.TryGetValue(word, out var place)) added[word] = place = added.Count;
        return place;
    }

    // In ordinal order, so that the order of rows leaves no trace.
    private EquatableArray<string> Extended()
    {
        if (added is null) return levels;
        var words = added.Keys.Order(StringComparer.Ordinal).ToArray();
        var placeOf = new int[words.Length];
        for (var place = 0; place < words.Length; place++) placeOf[added[words[place]]] = place;
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= levels.Count) codes[row] = levels.Count + placeOf[codes[row] - levels.Count];
        }

        return [.. levels, .. words];
    }
}
