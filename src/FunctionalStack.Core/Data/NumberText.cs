using System.Globalization;

namespace FunctionalStack;

/// <summary>A parsed number.</summary>
/// <param name="Value">The number; infinite if it overflows a double.</param>
/// <param name="Unit">The percent or currency sign, or the unit; empty if there is none.</param>
/// <param name="IsGrouped">Whether a point or comma separates thousands.</param>
/// <param name="IsAmbiguous">Whether another decimal mark would give another number: <c>1,234</c>.</param>
internal readonly record struct ReadNumber(double Value, string Unit, bool IsGrouped, bool IsAmbiguous);

/// <summary>
/// Parses numbers in common notations: a decimal point or comma; thousands separated by the other one, by spaces or by
/// apostrophes; a percent or currency sign; a unit in letters after a space; a Unicode minus; parentheses for negative numbers.
/// </summary>
internal static class NumberText
{
    public const string Percent = "%";

    private const int Longest = 64;
    private const int LongestUnit = 6;

    private static readonly HashSet<string> codes = new(StringComparer.Ordinal)
    {
        "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "PLN", "RUB",
        "SEK", "SGD", "TRY", "USD", "ZAR",
    };

    /// <summary>Whether a number without the unit means the same: true for 12 and € 12, false for 12 and 12%, or 12 and 12 kg.</summary>
    public static bool TakesBare(string unit) => unit != Percent && (unit.Length == 0 || !char.IsLetter(unit[0]) || codes.Contains(unit));

    public static bool TryRead(ReadOnlySpan<char> text, DecimalMark mark, out ReadNumber read)
    {
        read = default;
        text = text.Trim();
        if (text.Length is 0 or > Longest || !CouldBe(text)) return false;
        var enclosed = text[0] == '(' && text[^1] == ')';
        if (enclosed) text = text[1..^1].Trim();
        if (text.IsEmpty) return false;
        var negative = TakeSign(ref text, out var signed);
        var unit = TakeUnit(ref text);
        if (unit is null) return false;
        if (!signed) negative = TakeSign(ref text, out signed);
        if (enclosed && signed) return false;
        negative |= enclosed;
        if (text.IsEmpty || text[0] is '+' or '-') return false;
        return TryDigits(text, mark, negative, unit, out read);
    }

    /// <summary>Whether a text consists of digits with at most one point and a sign, and is exact as a double: <c>1.0</c>, <c>01</c>, not
    /// <c>1e5</c>.</summary>
    public static bool TryExact(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        return text.Length is > 0 and <= 16 && !text.ContainsAnyExcept("0123456789.-") && text.Count('.') <= 1
            && text.Length - text.Count('.') - text.Count('-') <= 15
            && double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out number);
    }

    // The first letter rules out most strings.
    private static bool CouldBe(ReadOnlySpan<char> text) =>
        !char.IsAsciiLetter(text[0]) || text[0] is 'i' or 'I'
            || (text.Length > 3 && codes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..3]));

    private static bool TakeSign(ref ReadOnlySpan<char> text, out bool found)
    {
        found = text.Length > 1 && text[0] is '-' or '+' or '\u2212';
        if (!found) return false;
        var negative = text[0] != '+';
        text = text[1..];
        return negative;
    }

    // Removes the sign before or after the number. Null if there is one at both ends.
    private static string? TakeUnit(ref ReadOnlySpan<char> text)
    {
        var before = UnitAt(text, atEnd: false);
        text = text[before.Length..].TrimStart();
        var after = UnitAt(text, atEnd: true);
        text = text[..^after.Length].TrimEnd();
        return before.Length > 0 && after.Length > 0 ? null : before.Length > 0 ? before : after;
    }

    private static string UnitAt(ReadOnlySpan<char> text, bool atEnd)
    {
        if (text.IsEmpty) return "";
        var sign = atEnd ? text[^1] : text[0];
        if ((sign == '%' && atEnd) || char.GetUnicodeCategory(sign) == UnicodeCategory.CurrencySymbol)
        {
            return sign == '%' ? Percent : sign.ToString();
        }

        if (atEnd && WordAt(text) is { Length: > 0 } word) return word;
        if (text.Length <= 3 || !char.IsAsciiLetterUpper(sign)) return "";
        var code = atEnd ? text[^3..] : text[..3];
        return codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var name) ? name : "";
    }

    // A unit in letters is separated from the number by a space, as in 12 kg or 5 kr.
    private static string WordAt(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && char.IsLetter(text[start - 1])) start--;
        return start > 1 && text.Length - start is > 0 and <= LongestUnit && char.IsWhiteSpace(text[start - 1])
            ? text[start..].ToString()
            : "";
    }

    private static bool TryDigits(ReadOnlySpan<char> text, DecimalMark mark, bool negative, string unit, out ReadNumber read)
    {
        read = default;
        var (point, other) = mark == DecimalMark.Point ? ('.', ',') : (',', '.');
        Span<char> plain = stackalloc char[Longest];
        var (length, group, digits, groups, fraction) = (0, '\0', 0, 0, -1);
        var exponent = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                digits++;
                plain[length++] = c;
            }
            else if (c == point && fraction < 0 && !exponent)
            {
                if (groups > 0 && digits != 3) return false;
                (fraction, digits) = (i, 0);
                plain[length++] = '.';
            }
            else if (fraction < 0 && !exponent && (c == other || c is '\'' or '\u2019' || char.IsWhiteSpace(c)))
            {
                // 1,234,567 or, in India, 12,34,567. The first digit of a grouped number is not 0.
                if (groups == 0 ? digits is 0 or > 3 || text[0] == '0' : c != group || digits is not (2 or 3)) return false;
                (group, groups, digits) = (c, groups + 1, 0);
            }
            else if (c is 'e' or 'E' && !exponent && groups == 0 && length > 0)
            {
                exponent = true;
                plain[length++] = c;
                if (i + 1 < text.Length && text[i + 1] is '-' or '+') plain[length++] = text[++i];
            }
            else
            {
                return TryInfinite(text, negative, out read);
            }
        }

        if (groups > 0 && fraction < 0 && digits != 3) return false;
        if (!double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        var marked = groups > 0 && group == other;
        read = new(negative ? -number : number, unit, marked, marked && groups == 1 && fraction < 0);
        return true;
    }

    private static bool TryInfinite(ReadOnlySpan<char> text, bool negative, out ReadNumber read)
    {
        read = new(negative ? double.NegativeInfinity : double.PositiveInfinity, "", false, false);
        return text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }
}
