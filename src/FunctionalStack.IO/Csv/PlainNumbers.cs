using System.Numerics;
using System.Text;

namespace FunctionalStack.IO;

/// <summary>The first scan of a column: plain numbers are stored, strings are counted. Mutable; for use inside one function.</summary>
/// <param name="at">The index of the column.</param>
/// <param name="rowCount">The number of rows.</param>
/// <param name="format">The format of the training data; null in training.</param>
/// <param name="missing">Additional spellings of missing values.</param>
internal sealed class PlainNumbers(int at, int rowCount, TextFormat? format, EquatableArray<string> missing)
{
    // Beyond 2^53, not every whole number is a double. The next one is rounded to it.
    private const double MostExact = 9007199254740992;

    private readonly double[] values = new double[rowCount];
    private int booleans;

    public int At => at;

    public double[] Values => values;

    public int Numbers { get; private set; }

    public int Strings { get; private set; }

    public int FirstString { get; private set; } = -1;

    public int FirstTooLarge { get; private set; } = -1;

    /// <summary>The first whole number that a double does not hold with all digits.</summary>
    public int FirstRounded { get; private set; } = -1;

    /// <summary>The first number other than 0 that a double holds as 0.</summary>
    public int FirstTooSmall { get; private set; } = -1;

    public Spellings Missing { get; } = new();

    /// <summary>Whether there are strings, and all cells that are not missing are true or false in any case.</summary>
    public bool IsBoolean => Strings > 0 && Strings == booleans && Numbers == 0;

    /// <summary>One of the numbers, if all are days in ISO 8601's basic format (20241231); otherwise null.</summary>
    public int? CompactDate => Numbers > 1 && Strings == 0 && Array.TrueForAll(values, number => double.IsNaN(number) || IsDay(number))
        ? (int)values.First(number => !double.IsNaN(number))
        : null;

    /// <summary>Notes about numbers that a double cannot hold.</summary>
    /// <param name="text">The file.</param>
    /// <param name="column">The index of the column in the file.</param>
    /// <param name="remedy">What can be done about rounded whole numbers; may be empty.</param>
    public IEnumerable<Note> Notes(TableText text, int column, string remedy)
    {
        if (FirstRounded >= 0)
        {
            yield return new RowCount("rounded",
                $"whole numbers beyond 2^53 are rounded to 16 or 17 digits, such as {text.Quote(FirstRounded, column)} to "
                    + $"{Word.Of(values[FirstRounded])}{remedy}").Note($"column '{text.Header[column]}'", text.RowCount);
        }

        if (FirstTooSmall >= 0)
        {
            yield return new RowCount("too small",
                $"{text.Quote(FirstTooSmall, column)} in row {text.RowsBefore + FirstTooSmall + 1} is too small for a double, and is "
                    + "read as 0").Note($"column '{text.Header[column]}'", text.RowCount);
        }
    }

    private void Check(int row, ReadOnlySpan<byte> cell)
    {
        var exponent = cell.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponent < 0 ? cell : cell[..exponent];
        if (values[row] == 0)
        {
            if (mantissa.ContainsAnyInRange((byte)'1', (byte)'9')) FirstTooSmall = row;
            return;
        }

        if (exponent >= 0 || mantissa.Contains((byte)(format?.Decimal == DecimalMark.Comma ? ',' : '.'))) return;
        var digits = BigInteger.Zero;
        foreach (var one in mantissa)
        {
            if (char.IsAsciiDigit((char)one)) digits = digits * 10 + (one - '0');
        }

        if (digits != new BigInteger(Math.Abs(values[row]))) FirstRounded = row;
    }

    private static bool IsDay(double number) => number is >= 1900_01_01 and <= 2100_12_31 && number == Math.Floor(number)
        && ((int)number / 100 % 100, (int)number % 100) is var (month, day) && month is >= 1 and <= 12
        && day >= 1 && day <= DateTime.DaysInMonth((int)number / 10000, month);

    public void Add(int row, ReadOnlySpan<byte> cell)
    {
        switch (format is null ? Cell.Read(cell, out values[row], missing) : Cell.Read(cell, format, out values[row]))
        {
            case CellKind.Number:
                Numbers++;
                if (values[row] == 0 ? FirstTooSmall < 0 && cell.Length > 1 : FirstRounded < 0 && Math.Abs(values[row]) >= MostExact)
                    Check(row, cell);
                break;
            case CellKind.Missing:
                Missing.Add(cell);
                break;
            case CellKind.TooLarge:
                Numbers++;
                if (FirstTooLarge < 0) FirstTooLarge = row;
                break;
            case CellKind.String:
                if (Strings++ == 0) FirstString = row;
                cell = Cell.Trim(cell);
                if (Ascii.EqualsIgnoreCase(cell, "true"u8) || Ascii.EqualsIgnoreCase(cell, "false"u8)) booleans++;
                break;
        }
    }
}
