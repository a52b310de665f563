namespace FunctionalStack.Preprocessing;

/// <summary>Levels of later rows matched with levels of the training rows: by name, since codes differ between frames.</summary>
internal static class Levels
{
    /// <summary>
    /// For each row the place of its level in <paramref name="known"/>; <paramref name="missing"/> where the value is
    /// missing, <paramref name="unseen"/> (where given, else a failure) where the level is not known.
    /// </summary>
    public static Outcome<int[]> Match(string transform, string name, Column.Categorical column, Values<string> known, int missing, int? unseen)
    {
        var placeOf = new int[column.Levels.Count];
        if (column.Levels == known)
        {
            for (var code = 0; code < placeOf.Length; code++) placeOf[code] = code;
        }
        else
        {
            var places = new Dictionary<string, int>(known.Count, StringComparer.Ordinal);
            for (var place = 0; place < known.Count; place++) places[known[place]] = place;
            for (var code = 0; code < placeOf.Length; code++) placeOf[code] = places.TryGetValue(column.Levels[code], out var place) ? place : unseen ?? -1;
        }

        var matched = new int[column.Count];
        for (var i = 0; i < matched.Length; i++)
        {
            var code = column[i];
            matched[i] = code < 0 ? missing : placeOf[code];
            if (matched[i] < 0)
            {
                return Outcome.Fail<int[]>($"{transform}, column '{name}', row {i + 1}", $"no training row has the level '{column.Levels[code]}'",
                    "Correct the value, or let the transform ignore unseen levels.");
            }
        }

        return Outcome.Ok(matched);
    }

    /// <summary>
    /// Columns that depend on the level alone: a table with a row for each place, seen through the rows' places. However
    /// many columns the table has, all share one list of places.
    /// </summary>
    public static NamedColumn[] Look(NamedColumn[] table, int tableRows, int[] places)
    {
        // Numbered while they look: two columns of one name are for the frame they end in to refuse, with its reason.
        var numbered = new Frame(tableRows, Values.From(table.Select((column, at) => column with { Name = $"{at}" }))).Take(Values.Own(places));
        return [.. table.Select((column, at) => column with { Column = numbered.Columns[at].Column })];
    }
}
