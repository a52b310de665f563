namespace FunctionalStack.Preprocessing;

/// <summary>How every map here rebuilds a frame: some columns replaced in place, some appended, the others shared as they are.</summary>
internal static class Replacement
{
    /// <summary>
    /// <paramref name="rows"/> with each column that is a key of <paramref name="made"/> replaced by the columns made of
    /// it, and <paramref name="appended"/> at the end. Fails where a made column's name is taken.
    /// </summary>
    public static Outcome<Frame> Replace(string transform, Frame rows, Dictionary<string, NamedColumn[]> made, params ReadOnlySpan<NamedColumn> appended)
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

    /// <summary>The outcome of a fit whose two views agree.</summary>
    public static Outcome<Fitted> Agreeing(IMap map, Outcome<Frame> trainView) => trainView.Map(view => new Fitted(view, map));

    private static Outcome<Frame> Taken(string transform, string name) => Outcome.Fail<Frame>(
        $"{transform}, column '{name}'",
        "is made by this transform, but the data already has a column of that name",
        "Rename the column in the data, or leave it out.");
}
