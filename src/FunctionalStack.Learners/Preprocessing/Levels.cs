namespace FunctionalStack.Preprocessing;

/// <summary>Matches the levels of new rows with training levels: by name, since codes differ between frames.</summary>
internal static class Levels
{
    /// <summary>The number of rows up to which searching is cheaper than building an index of all levels.</summary>
    public const int FewRows = 8;

    /// <summary>
    /// For each row the index of its level in <paramref name="known"/>; <paramref name="missing"/> for a missing
    /// value; <paramref name="unseen"/> for an unknown level, or a failure if that is null.
    /// </summary>
    public static Outcome<int[]> Match(string transform, string name, Column.Categorical column, EquatableArray<string> known, int missing,
        int? unseen)
    {
        var placeOf = PlaceOf(column, known);
        var matched = new int[column.Count];
        for (var i = 0; i < matched.Length; i++)
        {
            var code = column[i];
            matched[i] = code < 0 ? missing : placeOf(code) is var place and >= 0 ? place : unseen ?? -1;
            if (matched[i] < 0)
            {
                return Outcome.Fail<int[]>($"{transform}, column '{name}', row {i + 1}",
                    $"no training row has the level '{column.Levels[code]}'",
                    "Correct the value, or let the transform ignore unseen levels.");
            }
        }

        return Outcome.Ok(matched);
    }

    // The index of a code's level among the known ones, or -1.
    private static Func<int, int> PlaceOf(Column.Categorical column, EquatableArray<string> known)
    {
        if (column.Levels == known) return code => code;

        // A service predicts one row or a few: searching the levels is cheaper than a dictionary of all of them.
        if (column.Count <= FewRows) return code => known.AsSpan().IndexOf(column.Levels[code]);
        var places = new Dictionary<string, int>(known.Count, StringComparer.Ordinal);
        for (var place = 0; place < known.Count; place++) places[known[place]] = place;
        var placeOf = new int[column.Levels.Count];
        for (var code = 0; code < placeOf.Length; code++) placeOf[code] = places.GetValueOrDefault(column.Levels[code], -1);
        return code => placeOf[code];
    }

    /// <summary>
    /// Columns that depend only on the level: a table with one row per index, gathered by the rows' indices. All columns of the
    /// table share one list of indices.
    /// </summary>
    public static NamedColumn[] Look(NamedColumn[] table, int tableRows, int[] places)
    {
        // Renamed by number temporarily: duplicate names are reported by the frame that the columns end in.
        var numbered = new Frame(tableRows, EquatableArray.From(table.Select((column, at) => column with { Name = $"{at}" })))
            .Take(EquatableArray.Own(places));
        return [.. table.Select((column, at) => column with { Column = numbered.Columns[at].Column })];
    }
}
