namespace FunctionalStack;

/// <summary>The known name that a mistyped one most likely stands for.</summary>
public static class NearestName
{
    /// <summary>The nearest by edit distance, letter case counting little; null where none is near.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.distance).FirstOrDefault((candidate: "", distance: int.MaxValue));
        return best.distance <= Math.Min(name.Length - 1, Math.Max(2, name.Length / 3)) ? best.candidate : null;
    }

    // Levenshtein 1966, one row of the table at a time.
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
