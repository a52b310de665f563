namespace FunctionalStack;

/// <summary>
/// The spellings of a missing value, as written by pandas, R, SAS, SPSS, Excel, SQL and database tools. Surrounding white
/// space is ignored. Id columns are never checked.
/// </summary>
public static class MissingText
{
    // As long as the longest custom spelling that is likely to be needed.
    private const int Longest = 32;

    /// <summary>Missing in any column, categorical columns included; case-sensitive.</summary>
    public static EquatableArray<string> Anywhere { get; } = EquatableArray.Of(
        "", "NA", "N/A", "n/a", "<NA>", "#N/A", "#N/A N/A", "NaN", "nan", "-NaN", "-nan", "NaT", "null", "NULL", "Null", "(null)", "(NULL)",
        "[NULL]", "<null>", "\\N", "?", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!");

    /// <summary>
    /// Also missing in columns of numbers and dates, in any case. Categorical columns keep them as levels. The same holds for
    /// SAS's <c>._</c> and <c>.A</c> to <c>.Z</c>.
    /// </summary>
    public static EquatableArray<string> AmongNumbers { get; } = EquatableArray.Of(
        "None", "na", "n.a.", "nil", "missing", "nan", "null", "NaT", ".", "..", "-", "--", "---", "\u2013", "\u2014", "\u2212", "*",
        "0000-00-00", "0000-00-00 00:00:00");

    private static readonly HashSet<string> anywhere = new(Anywhere, StringComparer.Ordinal);
    private static readonly HashSet<string> amongNumbers = new(AmongNumbers, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a cell is missing in a categorical column.</summary>
    public static bool InWords(ReadOnlySpan<char> text, EquatableArray<string> also = default)
    {
        text = text.Trim();
        return text.IsEmpty || Has(anywhere, text) || IsAny(text, also);
    }

    /// <summary>Whether a cell is missing in a column of numbers or dates, compared as text; see <see cref="IsNumber"/>.</summary>
    public static bool InNumbers(ReadOnlySpan<char> text, EquatableArray<string> also = default)
    {
        text = text.Trim();
        if (text.IsEmpty) return true;

        // The first letter rules out most strings.
        if (also.Count == 0 && char.IsAsciiLetter(text[0]) && text[0] is not ('N' or 'n' or 'M' or 'm')) return false;
        return Has(anywhere, text) || Has(amongNumbers, text) || IsSpecial(text) || IsAny(text, also);
    }

    /// <summary>Whether a number equals one of the custom spellings: <c>-999.0</c> is missing if <c>-999</c> is.</summary>
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

    private static bool IsSpecial(ReadOnlySpan<char> text) =>
        text.Length == 2 && text[0] == '.' && (text[1] == '_' || char.IsAsciiLetterUpper(text[1]));

    private static bool IsAny(ReadOnlySpan<char> text, EquatableArray<string> also)
    {
        foreach (var spelling in also.AsSpan())
        {
            if (text.SequenceEqual(spelling.AsSpan().Trim())) return true;
        }

        return false;
    }
}
