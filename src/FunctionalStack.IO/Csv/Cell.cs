using System.Globalization;
using System.Text;

namespace FunctionalStack.IO;

/// <summary>The content of a cell in a numeric column.</summary>
internal enum CellKind
{
    Missing,
    Number,

    /// <summary>Infinite, or of a magnitude above <see cref="Cell.Largest"/>.</summary>
    TooLarge,

    String,
}

/// <summary>
/// The text of a cell as UTF-8. Plain numbers are parsed here for speed; everything else by <see cref="TextFormat"/> and
/// <see cref="MissingText"/>.
/// </summary>
internal static class Cell
{
    public const double Largest = 1e100;

    /// <summary>The maximum number of bytes of a cell that may be a number, a date or a spelling of missing.</summary>
    public const int Longest = 96;

    // Exact as doubles, so that an integer of at most 15 digits divided by one of them is rounded once (Clinger 1990).
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>The cell's characters. A cell of more than <see cref="Longest"/> bytes is replaced, since it cannot be any of
    /// these.</summary>
    public static ReadOnlySpan<char> Chars(ReadOnlySpan<byte> text, Span<char> buffer) =>
        text.Length > Longest ? "(a long text)" : buffer[..Encoding.UTF8.GetChars(text, buffer)];

    /// <summary>The cell without surrounding white space, including no-break spaces.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            // Most cells have no white space.
            if (text.IsEmpty || (text[0] is > (byte)' ' and not 0xC2 && text[^1] is > (byte)' ' and not 0xA0)) return text;
            text = text.Trim(" \t\r\n"u8);
            if (text.StartsWith("\u00A0"u8)) text = text[2..];
            else if (text.EndsWith("\u00A0"u8)) text = text[..^2];
            else return text;
        }
    }

    /// <summary>Whether a cell is missing in a column of strings.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> text, EquatableArray<string> also)
    {
        text = Trim(text);
        if (text.IsEmpty) return true;
        if (text.Length > Longest
            || (also.Count == 0 && char.IsAsciiLetter((char)text[0]) && text[0] is not ((byte)'N' or (byte)'n'))) return false;
        return IsMissingWord(text, also);
    }

    private static bool IsMissingWord(ReadOnlySpan<byte> text, EquatableArray<string> also) =>
        MissingText.InWords(Chars(text, stackalloc char[Longest]), also);

    /// <summary>Reads a plain number: invariant notation, a decimal point, no thousands separators. Otherwise returns whether the cell is
    /// missing.</summary>
    public static CellKind Read(ReadOnlySpan<byte> text, out double number, EquatableArray<string> also = default)
    {
        if (also.Count > 0 && IsMissingNumber(Trim(text), also))
        {
            number = double.NaN;
            return CellKind.Missing;
        }

        var kind = TryShort(text, out number) ? CellKind.Number : ReadLong(text, out number, also);
        if (kind != CellKind.Number || also.Count == 0 || !MissingText.IsNumber(number, also)) return kind;
        number = double.NaN;
        return CellKind.Missing;
    }

    // A separate method, so that the method above stays small.
    private static CellKind ReadLong(ReadOnlySpan<byte> text, out double number, EquatableArray<string> also)
    {
        number = double.NaN;
        if (text.IsEmpty) return CellKind.Missing;
        text = Trim(text);
        if (!text.IsEmpty && CouldBeNumber(text[0])
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number))
        {
            return Math.Abs(number) > Largest ? CellKind.TooLarge : CellKind.Number;
        }

        number = double.NaN;
        if (text.IsEmpty) return CellKind.Missing;
        if (IsInf(text)) return CellKind.TooLarge;
        return IsMissingNumber(text, also) ? CellKind.Missing : CellKind.String;
    }

    private static bool IsMissingNumber(ReadOnlySpan<byte> text, EquatableArray<string> also) =>
        text.Length <= Longest && MissingText.InNumbers(Chars(text, stackalloc char[Longest]), also);

    /// <summary>Reads a number in the format of the training data.</summary>
    public static CellKind Read(ReadOnlySpan<byte> text, TextFormat format, out double number)
    {
        if (format is { Decimal: DecimalMark.Point, Unit.Length: 0 }
            && Read(text, out number, format.Missing) is not CellKind.String and var kind) return kind;
        number = double.NaN;
        if (text.Length > Longest || format.Number(Chars(text, stackalloc char[Longest])) is not { } found) return CellKind.String;
        number = found;
        return double.IsNaN(found) ? CellKind.Missing : Math.Abs(found) > Largest ? CellKind.TooLarge : CellKind.Number;
    }

    // [-]digits[.digits] with at most 15 digits in all: most cells, five times as fast as double.TryParse.
    private static bool TryShort(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var at = text.Length > 0 && text[0] == (byte)'-' ? 1 : 0;
        if (text.Length - at is 0 or > 16) return false;
        var (mantissa, digits, point) = (0L, 0, -1);
        for (var i = at; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit <= 9)
            {
                mantissa = mantissa * 10 + digit;
                digits++;
            }
            else if (text[i] == (byte)'.' && point < 0)
            {
                point = digits;
            }
            else
            {
                return false;
            }
        }

        if (digits is 0 or > 15) return false;
        number = point < 0 ? mantissa : mantissa / PowersOfTen[digits - point];
        if (at == 1) number = -number;
        return true;
    }

    private static bool CouldBeNumber(byte first) =>
        (uint)(first - '0') <= 9 || first is (byte)'-' or (byte)'+' or (byte)'.' or (byte)'i' or (byte)'I';

    private static bool IsInf(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        return Ascii.EqualsIgnoreCase(text, "inf"u8);
    }
}
