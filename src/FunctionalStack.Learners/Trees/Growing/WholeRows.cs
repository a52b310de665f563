using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// All rows of the data as bits, for nodes that contain a large part of them. Each column is read sequentially, 64 rows
/// in a few instructions, instead of row by row from a list. No row is moved before a node is small.
/// </summary>
internal sealed class WholeRows
{
    private readonly RankedColumn[] columns;
    private readonly int least;
    private readonly byte[] excluded;
    private readonly Stack<ulong[]> spare = new();
    private readonly Pooled pooled;
    private ulong[] node;
    private ulong[] tried;
    private ulong[] best;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="columns">The columns of the data.</param>
    /// <param name="rows">The number of rows of the data.</param>
    /// <param name="kinds">The number of population counts per split: passes over all rows as bits.</param>
    /// <param name="pooled">The source of buffers.</param>
    public WholeRows(RankedColumn[] columns, int rows, int kinds, Pooled pooled)
    {
        (this.columns, this.pooled) = (columns, pooled);
        Words = WordsOf(rows);
        excluded = pooled.Rent<byte>(64 * Words);
        (node, tried, best) = ([], pooled.Rent<ulong>(Words), pooled.Rent<ulong>(Words));

        // Measured on Otto and adult: a pass over a 64-bit word costs as much as two rows of a list, and a quarter of a row for each sum.
        least = Math.Max(NodeBlock.Most + 1, Words * (kinds + 6) / 4);
    }

    public int Words { get; }

    /// <summary>The number of 64-bit words of the rows as bits.</summary>
    public static int WordsOf(int rows) => (rows + 63) / 64;

    /// <summary>The number of rows padded to whole words.</summary>
    public static int Padded(int rows) => 64 * WordsOf(rows);

    public bool Serves(int count) => count >= least;

    public ulong[] All(int rows)
    {
        var all = Rent();
        all.AsSpan(0, Words).Fill(ulong.MaxValue);
        if (rows % 64 != 0) all[Words - 1] = ulong.MaxValue >> (64 - rows % 64);
        return all;
    }

    /// <summary>Makes the node with these rows the current one, for queries about its columns.</summary>
    public void GoTo(ulong[] rows)
    {
        node = rows;
        var into = MemoryMarshal.Cast<byte, ulong>(excluded.AsSpan());
        for (var word = 0; word < Words; word++) NodeBlock.Excluded(rows[word], into.Slice(8 * word, 8));
    }

    /// <summary>The lowest and the highest rank in the current node.</summary>
    public (int Low, int High) Range(int column) => columns[column] switch
    {
        { Bits: { } bits } => RangeOfBits(MemoryMarshal.Cast<uint, ulong>(bits)),
        { HasBytes: true } bytes => RangeOfBytes(bytes.Bytes(int.MaxValue).Cells),
        var wide => RangeOfWide(wide),
    };

    /// <summary>The rows of the node whose ranks are at most <paramref name="last"/>. Valid until the next call, unless kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<ulong> AtMost(int column, int last)
    {
        var ranked = columns[column];
        if (ranked.Bits is { } bits)
        {
            var ones = MemoryMarshal.Cast<uint, ulong>(bits);
            for (var word = 0; word < Words; word++) tried[word] = node[word] & ~ones[word];
        }
        else if (ranked.HasBytes)
        {
            ref var first = ref ranked.Bytes(int.MaxValue).Cells[0];
            var bound = Vector512.Create((byte)last);
            for (var word = 0; word < Words; word++)
                tried[word] = node[word] & Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref first, (nuint)(64 * word)), bound)
                    .ExtractMostSignificantBits();
        }
        else
        {
            var bound = Vector512.Create(last);
            for (var word = 0; word < Words; word++)
            {
                var found = 0UL;
                for (var part = 0; part < 64; part += Vector512<int>.Count)
                    found |= Vector512.LessThanOrEqual(ranked.Wide(64 * word + part), bound).ExtractMostSignificantBits() << part;
                tried[word] = node[word] & found;
            }
        }

        return tried.AsSpan(0, Words);
    }

    /// <summary>Keeps the last result of <see cref="AtMost"/> as the left side of the best split so far.</summary>
    public void Keep() => (tried, best) = (best, tried);

    /// <summary>Divides the node into the rows kept and the others, and releases its bits.</summary>
    public (ulong[] Left, ulong[] Right) Divide()
    {
        var (left, right) = (best, node);
        for (var word = 0; word < Words; word++) right[word] &= ~left[word];
        best = Rent();
        return (left, right);
    }

    /// <summary>Lists a node's rows, ascending, and releases its bits.</summary>
    public void List(ulong[] rows, Span<int> into)
    {
        var found = 0;
        for (var word = 0; word < Words; word++)
        {
            for (var left = rows[word]; left != 0; left &= left - 1) into[found++] = 64 * word + BitOperations.TrailingZeroCount(left);
        }

        Release(rows);
    }

    public void Release(ulong[] rows) => spare.Push(rows);

    private ulong[] Rent() => spare.TryPop(out var words) ? words : pooled.Rent<ulong>(Words);

    private (int Low, int High) RangeOfBits(ReadOnlySpan<ulong> ones)
    {
        var (some, others) = (0UL, 0UL);
        for (var word = 0; word < Words; word++)
        {
            some |= node[word] & ones[word];
            others |= node[word] & ~ones[word];
        }

        return (others == 0 ? 1 : 0, some == 0 ? 0 : 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Low, int High) RangeOfBytes(byte[] cells)
    {
        var (lows, highs) = (Vector512<byte>.AllBitsSet, Vector512<byte>.AllBitsSet);
        ref var first = ref cells[0];
        ref var mask = ref excluded[0];
        for (var at = 0; at < 64 * Words; at += 64)
        {
            var (ranks, others) = (Vector512.LoadUnsafe(ref first, (nuint)at), Vector512.LoadUnsafe(ref mask, (nuint)at));
            lows = Vector512.Min(lows, ranks | others);
            highs = Vector512.Min(highs, ~ranks | others);
        }

        return NodeBlock.Ends(lows, highs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Low, int High) RangeOfWide(RankedColumn column)
    {
        var lane =
            Vector512.Create(1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13,
                1 << 14, 1 << 15);
        var (lows, highs) = (Vector512.Create(int.MaxValue), Vector512.Create(int.MinValue));
        for (var word = 0; word < Words; word++)
        {
            for (var part = 0; part < 64; part += Vector512<int>.Count)
            {
                var ranks = column.Wide(64 * word + part);
                var inside = Vector512.Equals(Vector512.Create((int)(node[word] >> part)) & lane, lane);
                lows = Vector512.Min(lows, Vector512.ConditionalSelect(inside, ranks, lows));
                highs = Vector512.Max(highs, Vector512.ConditionalSelect(inside, ranks, highs));
            }
        }

        var (low, high) = (int.MaxValue, int.MinValue);
        for (var at = 0; at < Vector512<int>.Count; at++) (low, high) = (Math.Min(low, lows[at]), Math.Max(high, highs[at]));
        return (low, high);
    }
}
