using System.Globalization;
using System.Text;

namespace FunctionalStack.Reporting.Markup;

/// <summary>Makes text of any origin safe in HTML: names of columns, levels, paths.</summary>
internal static class PlainText
{
    /// <summary>The text without control characters, unpaired surrogates and marks that change the direction of text, with the characters
    /// of markup escaped. Line breaks and tabs become spaces.</summary>
    public static string Escaped(string text)
    {
        var at = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (at < 0 && !text.AsSpan().ContainsAny("&<>\"'")) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': safe.Append("&amp;"); break;
                case '<': safe.Append("&lt;"); break;
                case '>': safe.Append("&gt;"); break;
                case '"': safe.Append("&quot;"); break;
                case '\'': safe.Append("&#39;"); break;
                case '\t' or '\n' or '\r': safe.Append(' '); break;
                default:
                    if (IsShown(rune)) safe.Append(rune.ToString());
                    break;
            }
        }

        return safe.ToString();
    }

    /// <summary>At most <paramref name="most"/> characters; longer text ends with an ellipsis.</summary>
    public static string Short(string text, int most)
    {
        var letters = StringInfo.ParseCombiningCharacters(text);
        return letters.Length <= most ? text : string.Concat(text.AsSpan(0, letters[most - 1]), "…");
    }

    /// <summary>A name, shortened, with the whole name as its title.</summary>
    public static Html Name(string name, int most = 32) =>
        Short(name, most) is var text && text == name ? text : Html.Of("span", text).With("title", Short(name, 400));

    // A damaged text has the replacement character in place of an unpaired surrogate.
    private static bool IsShown(Rune rune) => rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned)
        && rune.Value is not (>= 0x202A and <= 0x202E) and not (>= 0x2066 and <= 0x2069) and not (0x200E or 0x200F or 0x061C);
}
