namespace FunctionalStack;

/// <summary>Categorical columns that hold texts of several words rather than categories.</summary>
public static class Texts
{
    /// <summary>A column of texts has at least this number of levels.</summary>
    public const int LeastLevels = 20;

    /// <summary>The levels of a column of texts have at least this mean number of words.</summary>
    public const double LeastWords = 3;

    /// <summary>A column of texts has at least this number of levels per row that is not missing, since texts hardly repeat.</summary>
    public const double LeastDistinct = 0.5;

    private const int LeastCharacters = 2;

    /// <summary>
    /// The words of a text, in order and repeated as often as they occur: its longest runs of letters and digits, in lower case, of at
    /// least 2 characters.
    /// </summary>
    public static IEnumerable<string> WordsOf(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var from = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at - from >= LeastCharacters) yield return text[from..at].ToLowerInvariant();
        }
    }

    /// <summary>Whether a column holds texts: many levels, which hardly repeat and have several words on average. Words with digits do not
    /// count, so that identifiers, addresses and coordinates are no texts.</summary>
    public static bool Are(Column.Categorical column)
    {
        var rows = new double[column.Levels.Count];
        for (var row = 0; row < column.Count; row++)
        {
            if (column[row] is var code and >= 0) rows[code]++;
        }

        return Are(column.Levels, rows, LeastLevels, LeastWords, LeastDistinct);
    }

    /// <summary>The same with the summed weight of each level, and other limits.</summary>
    internal static bool Are(
        EquatableArray<string> levels, ReadOnlySpan<double> mass, int leastLevels, double leastWords, double leastDistinct)
    {
        var (present, total) = (0, 0.0);
        foreach (var one in mass)
        {
            total += one;
            if (one > 0) present++;
        }

        if (present < leastLevels || present < leastDistinct * total) return false;
        var words = 0L;
        for (var code = 0; code < levels.Count; code++)
            words += mass[code] > 0 ? WordsOf(levels[code]).Count(word => !word.Any(char.IsDigit)) : 0;
        return words >= leastWords * present;
    }
}
