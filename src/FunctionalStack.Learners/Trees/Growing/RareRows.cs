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

    /// <summary>The number of rows whose bits are set at a time, so that they stay in the cache.</summary>
    private const int BlockRows = 1 << 12;

    /// <summary>Null if no column mostly has one value.</summary>
    public static RareRows? Of(RankedColumn[] columns, int rows, WorkSharing work)
    {
        var mostly = Enumerable.Range(0, columns.Length).Where(column => columns[column].MostlyCommon).ToArray();
        if (mostly.Length == 0) return null;
        var bitOf = new int[columns.Length];
        Array.Fill(bitOf, -1);
        var words = (mostly.Length + 63) / 64;
        var bits = new ulong[rows * (long)words];
        for (var bit = 0; bit < mostly.Length; bit++) bitOf[mostly[bit]] = bit;

        // By blocks of rows, of which each part writes its own.
        work.Run((rows + BlockRows - 1) / BlockRows, block =>
        {
            var start = block * BlockRows;
            var here = new int[Math.Min(BlockRows, rows - start)];
            var codes = new int[here.Length];
            for (var i = 0; i < here.Length; i++) here[i] = start + i;
            for (var bit = 0; bit < mostly.Length; bit++)
            {
                var column = columns[mostly[bit]];
                column.Gather(here, codes);
                var to = start * (long)words + (bit >> 6);
                for (var i = 0; i < codes.Length; i++, to += words)
                {
                    if (codes[i] != column.Common) bits[to] |= 1UL << bit;
                }
            }
        });

        return new(bitOf, words, bits);
    }
}
