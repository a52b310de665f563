namespace FunctionalStack.Learners;

/// <summary>
/// For columns that mostly have one value, a bit per row and column that is set if the row differs. The bits of a node's rows show
/// which of those columns are constant in it, and which few rows of the other columns differ.
/// </summary>
internal sealed class RareRows
{
    private RareRows(int[] bitOf, int words, ulong[] bits) => (BitOf, Words, Bits) = (bitOf, words, bits);

    /// <summary>The bit index of each column, over all words; -1 for a column without one.</summary>
    public int[] BitOf { get; }

    /// <summary>The number of 64-bit words per row.</summary>
    public int Words { get; }

    /// <summary>Rows x words.</summary>
    public ulong[] Bits { get; }

    /// <summary>Null if no column mostly has one value.</summary>
    public static RareRows? Of(RankedColumn[] columns, int rows)
    {
        var mostly = Enumerable.Range(0, columns.Length).Where(column => columns[column].MostlyCommon).ToArray();
        if (mostly.Length == 0) return null;
        var bitOf = new int[columns.Length];
        Array.Fill(bitOf, -1);
        var words = (mostly.Length + 63) / 64;
        var bits = new ulong[rows * (long)words];
        var (all, codes) = (new int[rows], new int[rows]);
        for (var row = 0; row < rows; row++) all[row] = row;
        for (var bit = 0; bit < mostly.Length; bit++)
        {
            var column = columns[mostly[bit]];
            bitOf[mostly[bit]] = bit;
            column.Gather(all, codes);
            for (var row = 0; row < rows; row++)
            {
                if (codes[row] != column.Common) bits[row * (long)words + (bit >> 6)] |= 1UL << bit;
            }
        }

        return new(bitOf, words, bits);
    }
}
