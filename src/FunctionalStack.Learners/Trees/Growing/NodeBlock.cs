using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// The rows of a small node, gathered once for it and all nodes below. A column's ranks are loaded once, and a node is
/// a bit mask of rows. Finding the range of a column and the rows left of a split takes a few instructions, and no row is
/// moved. Extra trees spend half of their time in nodes of this size.
/// </summary>
internal sealed class NodeBlock
{
    /// <summary>The maximum number of rows.</summary>
    public const int Most = 64;

    /// <summary>The bits of each byte value, expanded to bytes of 0 or 255.</summary>
    private static readonly ulong[] Spread =
        [.. Enumerable.Range(0, 256)
            .Select(bits =>
                Enumerable.Range(0, 8).Aggregate(0UL, (word, bit) => ((bits >> bit) & 1) == 0 ? word : word | (0xFFUL << (8 * bit))))];

    private readonly RankedColumn[] columns;
    private readonly byte[] bytes;
    private readonly int[] wide;

    // The complement for a wide column.
    private readonly int[] place;
    private readonly int[] fetchedIn;
    private readonly int[] rows = new int[Most];
    private int count;
    private int number;
    private ulong node;
    private Vector512<byte> excluded;

    public NodeBlock(RankedColumn[] columns, Pooled pooled)
    {
        this.columns = columns;
        (place, fetchedIn) = (new int[columns.Length], new int[columns.Length]);
        var (narrow, ints) = (0, 0);
        for (var column = 0; column < place.Length; column++) place[column] = columns[column].IsWide ? ~(Most * ints++) : Most * narrow++;
        (bytes, wide) = (pooled.Rent<byte>(Most * narrow), pooled.Rent<int>(Most * ints));
    }

    /// <summary>Loads the rows of another node. Returns all of them as bits.</summary>
    public ulong Enter(ReadOnlySpan<int> nodeRows)
    {
        nodeRows.CopyTo(rows);
        count = nodeRows.Length;
        number++;
        return ulong.MaxValue >> (Most - count);
    }

    /// <summary>One byte per row, for 64 rows: 0 for rows of the node, 255 for the others.</summary>
    public static void Excluded(ulong node, Span<ulong> into)
    {
        for (var part = 0; part < 8; part++) into[part] = ~Spread[(byte)(node >> (8 * part))];
    }

    /// <summary>Makes these rows the current node.</summary>
    public void GoTo(ulong node)
    {
        this.node = node;
        Span<ulong> spread = stackalloc ulong[8];
        Excluded(node, spread);
        excluded = Vector512.Create<ulong>(spread).AsByte();
    }

    /// <summary>The lowest and the highest rank in the current node.</summary>
    public (int Low, int High) Range(int column)
    {
        Fetch(column);
        if (place[column] < 0)
        {
            var (low, high) = (int.MaxValue, int.MinValue);
            var codes = wide.AsSpan(~place[column], Most);
            for (var left = node; left != 0; left &= left - 1)
            {
                var rank = codes[BitOperations.TrailingZeroCount(left)];
                (low, high) = (Math.Min(low, rank), Math.Max(high, rank));
            }

            return (low, high);
        }

        var ranks = Ranks(column);
        return Ends(ranks | excluded, ~ranks | excluded);
    }

    /// <summary>The rows of the node whose ranks are at most <paramref name="last"/>.</summary>
    public ulong AtMost(int column, int last)
    {
        Fetch(column);
        if (place[column] >= 0)
            return node & Vector512.LessThanOrEqual(Ranks(column), Vector512.Create((byte)last)).ExtractMostSignificantBits();
        var codes = wide.AsSpan(~place[column], Most);
        var (found, bound) = (0UL, Vector512.Create(last));
        for (var i = 0; i < Most; i += Vector512<int>.Count)
            found |= Vector512.LessThanOrEqual(Vector512.Create<int>(codes[i..]), bound).ExtractMostSignificantBits() << i;
        return node & found;
    }

    private Vector512<byte> Ranks(int column) => Vector512.LoadUnsafe(ref bytes[place[column]]);

    /// <summary>The minimum of some bytes, and the complement of the minimum of others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Low, int High) Ends(Vector512<byte> lows, Vector512<byte> highs)
    {
        var (low, high) = (Half(lows), Half(highs));
        var both = Vector128.Min(Vector128.Create(low.GetLower(), high.GetLower()), Vector128.Create(low.GetUpper(), high.GetUpper()))
            .AsUInt64();
        both = Least(both, both >>> 32);
        both = Least(both, both >>> 16);
        both = Least(both, both >>> 8);
        return ((byte)both[0], (byte)~both[1]);

        static Vector128<byte> Half(Vector512<byte> all)
        {
            var half = Vector256.Min(all.GetLower(), all.GetUpper());
            return Vector128.Min(half.GetLower(), half.GetUpper());
        }

        static Vector128<ulong> Least(Vector128<ulong> left, Vector128<ulong> right) =>
            Vector128.Min(left.AsByte(), right.AsByte()).AsUInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Fetch(int column)
    {
        if (fetchedIn[column] != number) FetchRanks(column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FetchRanks(int column)
    {
        var ranked = columns[column];
        fetchedIn[column] = number;
        var here = rows.AsSpan(0, count);
        if (place[column] < 0)
        {
            ranked.Gather(here, wide.AsSpan(~place[column], Most));
            return;
        }

        var into = bytes.AsSpan(place[column], count);
        if (ranked.Bits is { } bits)
        {
            for (var i = 0; i < here.Length; i++) into[i] = (byte)((bits[here[i] >> 5] >> here[i]) & 1);
            return;
        }

        var ranks = ranked.Bytes(1);
        ref var first = ref ranks.Cells[ranks.Offset];
        for (var i = 0; i < here.Length; i++) into[i] = Unsafe.Add(ref first, here[i] * (nint)ranks.Stride);
    }
}
