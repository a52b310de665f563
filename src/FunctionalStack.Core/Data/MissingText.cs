namespace FunctionalStack;

/// <summary>
/// How a missing value is written: the one table of spellings that pandas, R, SAS, SPSS, Excel, SQL and databases' tools
/// write. White space around them plays no part. An id is never looked up here.
/// </summary>
public static class MissingText
{
    // As long as the longest spelling that a table of one's own is likely to need.
    private const int Longest = 32;

    /// <summary>Missing in any column, words among them, letter for letter.</summary>
    public static EquatableArray<string> Anywhere { get; } = EquatableArray.Of(
        "", "NA", "N/A", "n/a", "<NA>", "#N/A", "#N/A N/A", "NaN", "nan", "-NaN", "-nan", "NaT", "null", "NULL", "Null", "(null)", "(NULL)",
        "[NULL]", "<null>", "\\N", "?", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!");

    /// <summary>
    /// Missing besides among numbers and dates, in any case; a column of words keeps them. So are SAS's <c>._</c> and
    /// <c>.A</c> to <c>.Z</c>.
    /// </summary>
    public static EquatableArray<string> AmongNumbers { get; } = EquatableArray.Of(
        "None", "na", "n.a.", "nil", "missing", "nan", "null", "NaT", ".", "..", "-", "--", "---", "\u2013", "\u2014", "\u2212", "*",
        "0000-00-00", "0000-00-00 00:00:00");

    private static readonly HashSet<string> anywhere = new(Anywhere, StringComparer.Ordinal);
    private static readonly HashSet<string> amongNumbers = new(AmongNumbers, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a cell is missing in a column of words.</summary>
    public static bool InWords(ReadOnlySpan<char> text, EquatableArray<string> also = default)
    {
        text = text.Trim();
        return text.IsEmpty || Has(anywhere, text) || IsAny(text, also);
    }

    /// <summary>Whether a cell is missing in a column of numbers or dates, letter for letter; see <see cref="IsNumber"/>.</summary>
    public static bool InNumbers(ReadOnlySpan<char> text, EquatableArray<string> also = default)
    {
        text = text.Trim();
        if (text.IsEmpty) return true;

        // Most words are told by their first letter.
        if (also.Count == 0 && char.IsAsciiLetter(text[0]) && text[0] is not ('N' or 'n' or 'M' or 'm')) return false;
        return Has(anywhere, text) || Has(amongNumbers, text) || IsSpecial(text) || IsAny(text, also);
    }

    /// <summary>Whether a number is one that a further spelling has: <c>-999.0</c> is missing where <c>-999</c> is.</summary>
    internal static bool IsNumber(double number, EquatableArray<string> also)
    {
        foreach (var spelling in also.AsSpan())
        {
            if (Word.Number(spelling) == number) return true;
        }

        return false;
    }

    private static bool Has(HashSet<string> known, ReadOnlySpan<char> text) =>
        text.Length <= Longest && known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    private static bool IsSpecial(ReadOnlySpan<char> text) => text.Length == 2 && text[0] == '.' && (text[1] == '_' || char.IsAsciiLetterUpper(text[1]));

    private static bool IsAny(ReadOnlySpan<char> text, EquatableArray<string> also)
    {
        foreach (var spelling in also.AsSpan())
        {
            if (text.SequenceEqual(spelling.AsSpan().Trim())) return true;
        }

        return false;
    }
}
