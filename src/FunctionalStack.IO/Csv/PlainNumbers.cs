using System.Text;

namespace FunctionalStack.IO;

/// <summary>The first look at a column: plain numbers are kept as they are read, words are counted. Mutable; for use inside one function.</summary>
/// <param name="at">Where the column lies.</param>
/// <param name="rowCount">How many rows there are.</param>
/// <param name="format">How training read it; null where this is training.</param>
/// <param name="missing">Further spellings of a missing value.</param>
internal sealed class PlainNumbers(int at, int rowCount, TextFormat? format, EquatableArray<string> missing)
{
    private readonly double[] values = new double[rowCount];
    private int truths;

    public int At => at;

    public double[] Values => values;

    public int Numbers { get; private set; }

    public int Words { get; private set; }

    public int FirstWord { get; private set; } = -1;

    public int FirstTooLarge { get; private set; } = -1;

    public Spellings Missing { get; } = new();

    /// <summary>Whether there are words, and all cells that are not missing are true or false in any case.</summary>
    public bool IsTruth => Words > 0 && Words == truths && Numbers == 0;

    /// <summary>One of the numbers where all are days as ISO 8601's basic format has them (20241231); else null.</summary>
    public int? CompactDate => Numbers > 1 && Words == 0 && Array.TrueForAll(values, number => double.IsNaN(number) || IsDay(number))
        ? (int)values.First(number => !double.IsNaN(number))
        : null;

    private static bool IsDay(double number) => number is >= 1900_01_01 and <= 2100_12_31 && number == Math.Floor(number)
        && ((int)number / 100 % 100, (int)number % 100) is var (month, day) && month is >= 1 and <= 12
        && day >= 1 && day <= DateTime.DaysInMonth((int)number / 10000, month);

    public void Add(int row, ReadOnlySpan<byte> cell)
    {
        switch (format is null ? Cell.Read(cell, out values[row], missing) : Cell.Read(cell, format, out values[row]))
        {
            case CellKind.Number:
                Numbers++;
                break;
            case CellKind.Missing:
                Missing.Add(cell);
                break;
            case CellKind.TooLarge:
                Numbers++;
                if (FirstTooLarge < 0) FirstTooLarge = row;
                break;
            case CellKind.Word:
                if (Words++ == 0) FirstWord = row;
                cell = Cell.Trim(cell);
                if (Ascii.EqualsIgnoreCase(cell, "true"u8) || Ascii.EqualsIgnoreCase(cell, "false"u8)) truths++;
                break;
        }
    }
}
