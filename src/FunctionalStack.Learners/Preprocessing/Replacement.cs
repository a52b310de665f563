namespace FunctionalStack.Preprocessing;

/// <summary>Rebuilds a frame for a map: some columns are replaced in place, some are appended, the others are shared.</summary>
internal static class Replacement
{
    /// <summary>
    /// Replaces each column of <paramref name="rows"/> that is a key of <paramref name="made"/> by its new
    /// columns, and appends <paramref name="appended"/>. Fails if the name of a new column is already taken.
    /// </summary>
    public static Outcome<Frame> Replace(string transform, Frame rows, Dictionary<string, NamedColumn[]> made,
        params ReadOnlySpan<NamedColumn> appended)
    {
        if (made.Count == 0 && appended.Length == 0) return Outcome.Ok(rows);
        var columns = new List<NamedColumn>(rows.Columns.Count + appended.Length);
        foreach (var column in rows.Columns.AsSpan())
        {
            if (made.TryGetValue(column.Name, out var replacing)) columns.AddRange(replacing);
            else columns.Add(column);
        }

        columns.AddRange(appended);
        var names = new HashSet<string>(columns.Count, StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (!names.Add(column.Name)) return Taken(transform, column.Name);
        }

        return Outcome.Ok(new Frame(rows.RowCount, EquatableArray.From(columns)));
    }

    /// <summary>A map for single rows that computes the cells of some columns and copies the others; null if a column has no function, or
    /// if the map refuses the columns.</summary>
    /// <param name="map">The map.</param>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="replacing">For each replaced column, the function that computes its cells.</param>
    public static RowMap? ForRow(IMap map, Frame columns, IEnumerable<(string Column, RowFunction? Cells)> replacing)
    {
        var cells = new Dictionary<string, RowFunction>();
        foreach (var (column, own) in replacing)
        {
            if (own is null) return null;
            cells[column] = own;
        }

        return map.Apply(columns) is Outcome<Frame>.Ok { Value: var made } ? ForRow(made, columns, cells) : null;
    }

    /// <summary>The map for single rows that computes the cells of some columns, copies the others, and appends cells.</summary>
    /// <param name="made">The columns of its result.</param>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="replacing">Computes the cells that replace those of a column.</param>
    /// <param name="appended">Computes the appended cells.</param>
    public static RowMap ForRow(Frame made, Frame columns, Dictionary<string, RowFunction> replacing,
        params ReadOnlySpan<RowFunction> appended)
    {
        var parts = new List<RowFunction>();
        var kept = new List<int>();
        for (var place = 0; place < columns.Columns.Count; place++)
        {
            if (!replacing.TryGetValue(columns.Columns[place].Name, out var part))
            {
                kept.Add(place);
                continue;
            }

            Copy();
            parts.Add(part);
        }

        Copy();
        parts.AddRange(appended);
        return new(made, parts.Count == 1 ? parts[0] : new JoinedFunctions([.. parts]));

        void Copy()
        {
            if (kept.Count > 0) parts.Add(new PickCells([.. kept]));
            kept.Clear();
        }
    }

    /// <summary>The outcome of a fit whose train view equals the map of the training rows.</summary>
    public static Outcome<Fitted> Agreeing(IMap map, Outcome<Frame> trainView) => trainView.Map(view => new Fitted(view, map));

    private static Outcome<Frame> Taken(string transform, string name) => Outcome.Fail<Frame>(
        $"{transform}, column '{name}'",
        "is made by this transform, but the data already has a column of that name",
        "Rename the column in the data, or leave it out.");
}
