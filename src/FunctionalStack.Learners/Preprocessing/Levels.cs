namespace FunctionalStack.Preprocessing;

/// <summary>Levels of later rows matched with levels of the training rows: by name, since codes differ between frames.</summary>
internal static class Levels
{
    private const int FewRows = 8;

    /// <summary>
    /// For each row the place of its level in <paramref name="known"/>; <paramref name="missing"/> where the value is
    /// missing, <paramref name="unseen"/> (where given, else a failure) where the level is not known.
    /// </summary>
    public static Outcome<int[]> Match(string transform, string name, Column.Categorical column, EquatableArray<string> known, int missing, int? unseen)
    {
        var placeOf = PlaceOf(column, known);
        var matched = new int[column.Count];
        for (var i = 0; i < matched.Length; i++)
        {
            var code = column[i];
            matched[i] = code < 0 ? missing : placeOf(code) is var place and >= 0 ? place : unseen ?? -1;
            if (matched[i] < 0)
            {
                return Outcome.Fail<int[]>($"{transform}, column '{name}', row {i + 1}", $"no training row has the level '{column.Levels[code]}'",
                    "Correct the value, or let the transform ignore unseen levels.");
            }
        }

        return Outcome.Ok(matched);
    }

    // The place of a code's level among those known, -1 where it is not known.
    private static Func<int, int> PlaceOf(Column.Categorical column, EquatableArray<string> known)
    {
        if (column.Levels == known) return code => code;

        // A service asks for one row or a few: to search the levels costs less than a dictionary of them all.
        if (column.Count <= FewRows) return code => known.AsSpan().IndexOf(column.Levels[code]);
        var places = new Dictionary<string, int>(known.Count, StringComparer.Ordinal);
        for (var place = 0; place < known.Count; place++) places[known[place]] = place;
        var placeOf = new int[column.Levels.Count];
        for (var code = 0; code < placeOf.Length; code++) placeOf[code] = places.GetValueOrDefault(column.Levels[code], -1);
        return code => placeOf[code];
    }

    /// <summary>
    /// Columns that depend on the level alone: a table with a row for each place, seen through the rows' places. However
    /// many columns the table has, all share one list of places.
    /// </summary>
    public static NamedColumn[] Look(NamedColumn[] table, int tableRows, int[] places)
    {
        // Numbered while they look: two columns of one name are for the frame they end in to refuse, with its reason.
        var numbered = new Frame(tableRows, EquatableArray.From(table.Select((column, at) => column with { Name = $"{at}" }))).Take(EquatableArray.Own(places));
        return [.. table.Select((column, at) => column with { Column = numbered.Columns[at].Column })];
    }
}
