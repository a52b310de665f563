namespace FunctionalStack;

/// <summary>Suggests the known name closest to a mistyped one.</summary>
public static class NearestName
{
    /// <summary>The closest name by edit distance, where differences in case cost little. Null if none is close.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.distance).FirstOrDefault((candidate: "", distance: int.MaxValue));
        return best.distance <= Math.Min(name.Length - 1, Math.Max(2, name.Length / 3)) ? best.candidate : null;
    }

    // Levenshtein distance (1966), computed row by row.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }

        return row[to.Length];
    }
}
