using System.Globalization;

namespace FunctionalStack.IO;

/// <summary>What the text of one cell is.</summary>
internal enum CellKind
{
    Missing,
    Number,

    /// <summary>Infinite, or of a magnitude above <see cref="Cell.Largest"/>.</summary>
    TooLarge,

    Word,
}

/// <summary>The one place where the text of a cell becomes a number.</summary>
internal static class Cell
{
    public const double Largest = 1e100;

    // Exact as doubles, so that an integer of at most 15 digits divided by one of them is rounded once (Clinger 1990).
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    public static bool IsMissing(ReadOnlySpan<byte> text)
    {
        text = Trim(text);
        return text.Length switch
        {
            0 => true,
            1 => text[0] == (byte)'?',
            2 => text.SequenceEqual("NA"u8),
            3 => text.SequenceEqual("NaN"u8) || text.SequenceEqual("nan"u8) || text.SequenceEqual("N/A"u8),
            4 => text.SequenceEqual("null"u8) || text.SequenceEqual("NULL"u8),
            _ => false,
        };
    }

    /// <summary>Reads a number in invariant notation; white space around it is allowed.</summary>
    public static CellKind Read(ReadOnlySpan<byte> text, out double number)
    {
        if (TryShort(text, out number)) return CellKind.Number;
        if (IsMissing(text))
        {
            number = double.NaN;
            return CellKind.Missing;
        }

        text = Trim(text);
        if (!CouldBeNumber(text[0])) return CellKind.Word;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return IsInf(text) ? CellKind.TooLarge : CellKind.Word;
        }

        // .NET reads "NAN" as a number; the ways to write a missing value are those of IsMissing only.
        return double.IsNaN(number) ? CellKind.Word : Math.Abs(number) > Largest ? CellKind.TooLarge : CellKind.Number;
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

    private static bool CouldBeNumber(byte first) => (uint)(first - '0') <= 9 || first is (byte)'-' or (byte)'+' or (byte)'.' or (byte)'i' or (byte)'I';

    private static bool IsInf(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        return System.Text.Ascii.EqualsIgnoreCase(text, "inf"u8);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);
}
