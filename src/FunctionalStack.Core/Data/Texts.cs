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

    private const int LeastLetters = 2;

    /// <summary>
    /// The words of a text, in order and repeated as often as they occur: its longest runs of letters and digits, in lower case, of at least
    /// 2 characters.
    /// </summary>
    public static IEnumerable<string> WordsOf(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var from = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at])) at++;
            if (at - from >= LeastLetters) yield return text[from..at].ToLowerInvariant();
        }
    }

    /// <summary>Whether a column holds texts: many levels, which hardly repeat and have several words on average.</summary>
    public static bool Are(Column.Categorical column)
    {
        var present = new bool[column.Levels.Count];
        var rows = 0;
        for (var row = 0; row < column.Count; row++)
        {
            if (column[row] is not (var code and >= 0)) continue;
            present[code] = true;
            rows++;
        }

        var levels = present.Count(one => one);
        return levels >= LeastLevels && levels >= LeastDistinct * rows
            && column.Levels.Where((_, code) => present[code]).Sum(level => WordsOf(level).Count()) >= LeastWords * levels;
    }
}
