using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// The rows of a small node, brought together for it and all nodes below: a column's ranks are fetched once, and a node is
/// a bit for each row. What its rows have in common, and which go left of a split, is then a few instructions, and no row is
/// moved. There are many: half of the time of extra trees goes into nodes this small.
/// </summary>
internal sealed class NodeBlock
{
    /// <summary>Rows at the most.</summary>
    public const int Most = 64;

    /// <summary>Each byte's bits as the bytes of a word, 0 or 255.</summary>
    private static readonly ulong[] Spread = [.. Enumerable.Range(0, 256).Select(bits => Enumerable.Range(0, 8).Aggregate(0UL, (word, bit) => ((bits >> bit) & 1) == 0 ? word : word | (0xFFUL << (8 * bit))))];

    private readonly RankedColumn[] columns;
    private readonly byte[] bytes;
    private readonly int[] wide;

    // Of a wide column the complement.
    private readonly int[] place;
    private readonly int[] fetchedIn;
    private readonly int[] rows = new int[Most];
    private int count;
    private int number;
    private ulong node;
    private Vector512<byte> outside;

    public NodeBlock(RankedColumn[] columns, Pooled pooled)
    {
        this.columns = columns;
        (place, fetchedIn) = (new int[columns.Length], new int[columns.Length]);
        var (narrow, ints) = (0, 0);
        for (var column = 0; column < place.Length; column++) place[column] = IsWide(columns[column]) ? ~(Most * ints++) : Most * narrow++;
        (bytes, wide) = (pooled.Rent<byte>(Most * narrow), pooled.Rent<int>(Most * ints));
    }

    /// <summary>Takes up the rows of another node; all of them as bits.</summary>
    public ulong Enter(ReadOnlySpan<int> nodeRows)
    {
        nodeRows.CopyTo(rows);
        count = nodeRows.Length;
        number++;
        return ulong.MaxValue >> (Most - count);
    }

    /// <summary>Of 64 rows a byte each: 0 for those of the node, 255 for the others.</summary>
    public static void Outside(ulong node, Span<ulong> into)
    {
        for (var part = 0; part < 8; part++) into[part] = ~Spread[(byte)(node >> (8 * part))];
    }

    /// <summary>Goes to a node: those rows.</summary>
    public void GoTo(ulong node)
    {
        this.node = node;
        Span<ulong> spread = stackalloc ulong[8];
        Outside(node, spread);
        outside = Vector512.Create<ulong>(spread).AsByte();
    }

    /// <summary>The lowest and the highest rank in the node that was gone to.</summary>
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
        return Ends(ranks | outside, ~ranks | outside);
    }

    /// <summary>Rows of the node whose ranks are at most <paramref name="last"/>.</summary>
    public ulong AtMost(int column, int last)
    {
        Fetch(column);
        if (place[column] >= 0) return node & Vector512.LessThanOrEqual(Ranks(column), Vector512.Create((byte)last)).ExtractMostSignificantBits();
        var codes = wide.AsSpan(~place[column], Most);
        var (found, bound) = (0UL, Vector512.Create(last));
        for (var i = 0; i < Most; i += Vector512<int>.Count) found |= Vector512.LessThanOrEqual(Vector512.Create<int>(codes[i..]), bound).ExtractMostSignificantBits() << i;
        return node & found;
    }

    private static bool IsWide(RankedColumn column) => !column.HasBytes && column.Bits is null;

    private Vector512<byte> Ranks(int column) => Vector512.LoadUnsafe(ref bytes[place[column]]);

    /// <summary>The lowest of some bytes, and the complement of the lowest of others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Low, int High) Ends(Vector512<byte> lows, Vector512<byte> highs)
    {
        var (low, high) = (Half(lows), Half(highs));
        var both = Vector128.Min(Vector128.Create(low.GetLower(), high.GetLower()), Vector128.Create(low.GetUpper(), high.GetUpper())).AsUInt64();
        both = Least(both, both >>> 32);
        both = Least(both, both >>> 16);
        both = Least(both, both >>> 8);
        return ((byte)both[0], (byte)~both[1]);

        static Vector128<byte> Half(Vector512<byte> all)
        {
            var half = Vector256.Min(all.GetLower(), all.GetUpper());
            return Vector128.Min(half.GetLower(), half.GetUpper());
        }

        static Vector128<ulong> Least(Vector128<ulong> left, Vector128<ulong> right) => Vector128.Min(left.AsByte(), right.AsByte()).AsUInt64();
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
