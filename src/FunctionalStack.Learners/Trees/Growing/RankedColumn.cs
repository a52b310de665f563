using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// A column as ranks: the index of each row's value among the distinct values, in ascending order. Splits depend only on ranks, so
/// all trees of a fit share them. Ranks are stored in the smallest integer type that holds them: a node's rows are scattered
/// over the column, and a narrow column stays in the cache.
/// </summary>
internal sealed class RankedColumn
{
    private readonly ushort[]? shorts;
    private readonly int[]? ints;
    private readonly ByteRanks? bytes;
    private readonly ByteRanks? byRow;
    private readonly int few;

    private RankedColumn(double[] distinct, int[] codes)
    {
        Distinct = distinct;
        var times = new int[distinct.Length];
        foreach (var code in codes) times[code]++;
        Common = Array.IndexOf(times, times.DefaultIfEmpty(0).Max());
        MostlyCommon = Common >= 0 && times[Common] >= codes.Length / 2;
        if (distinct.Length <= 2)
        {
            Bits = new uint[WholeRows.Padded(codes.Length) / 32];
            for (var row = 0; row < codes.Length; row++) Bits[row >> 5] |= (uint)codes[row] << row;
        }
        else if (distinct.Length <= 256) bytes = new(Padded(codes, code => (byte)code), 0, 1);
        else if (distinct.Length <= 65536) shorts = Padded(codes, code => (ushort)code);
        else ints = Padded(codes, code => code);
    }

    private RankedColumn(RankedColumn column, ByteRanks byRow, int few)
    {
        (Distinct, Common, MostlyCommon, Bits) = (column.Distinct, column.Common, column.MostlyCommon, column.Bits);
        (shorts, ints, bytes, this.byRow, this.few) = (column.shorts, column.ints, column.bytes, byRow, few);
    }

    /// <summary>The column's distinct values, ascending.</summary>
    public double[] Distinct { get; }

    /// <summary>The most frequent rank. Ties go to the lowest.</summary>
    public int Common { get; }

    /// <summary>Whether at least half of the rows have it.</summary>
    public bool MostlyCommon { get; }

    /// <summary>The ranks of all rows as bits, if there are at most two. All columns of a one-hot block then stay in the cache.</summary>
    public uint[]? Bits { get; }

    /// <summary>Whether there are more than two ranks and they fit in bytes: for loops that gather and sum at once.</summary>
    public bool HasBytes => bytes is not null;

    /// <summary>Whether the ranks do not fit in bytes.</summary>
    public bool IsWide => !HasBytes && Bits is null;

    /// <summary>The value of each row.</summary>
    public double[] Values(int rows) => Array.ConvertAll(Codes(rows), code => Distinct[code]);

    /// <summary>The rank of each row.</summary>
    public int[] Codes(int rows)
    {
        var codes = new int[rows];
        for (var row = 0; row < rows; row++) codes[row] = row;
        Gather(codes, codes);
        return codes;
    }

    /// <summary>The ranks, in the best layout for a node of <paramref name="count"/> rows.</summary>
    public ByteRanks Bytes(int count) => count <= few ? byRow!.Value : bytes!.Value;

    /// <summary>The ranks of a vector of rows from <paramref name="row"/> on, if they do not fit in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> Wide(int row)
    {
        if (ints is not null) return Vector512.LoadUnsafe(ref ints[row]);
        var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref shorts![row]));
        return Vector512.Create(lower, upper).AsInt32();
    }

    /// <summary>The same column with an additional row-major layout shared with other columns, for nodes of up to <paramref name="few"/>
    /// rows.</summary>
    public RankedColumn LaidByRow(ByteRanks byRow, int few) => new(this, byRow, few);

    /// <summary>Ranks <paramref name="values"/>, all finite.</summary>
    public static RankedColumn Of(ReadOnlySpan<double> values)
    {
        // A hash table finds the distinct values, so that only those are sorted. Most columns have few.
        var codes = new int[values.Length];
        var distinct = new List<double>();
        var slots = new int[64];
        for (var row = 0; row < codes.Length; row++)
        {
            var value = values[row] + 0.0; // -0 becomes 0
            var at = Slot(slots, value);
            while (slots[at] != 0 && distinct[slots[at] - 1] != value) at = (at + 1) & (slots.Length - 1);
            if (slots[at] == 0)
            {
                distinct.Add(value);
                slots[at] = distinct.Count;
                if (distinct.Count * 2 > slots.Length) slots = Rehash(distinct, slots.Length * 4);
                codes[row] = distinct.Count - 1;
            }
            else
            {
                codes[row] = slots[at] - 1;
            }
        }

        var sorted = distinct.ToArray();
        var found = new int[sorted.Length];
        for (var i = 0; i < found.Length; i++) found[i] = i;
        Array.Sort(sorted, found);
        var rank = new int[sorted.Length];
        for (var i = 0; i < found.Length; i++) rank[found[i]] = i;
        for (var row = 0; row < codes.Length; row++) codes[row] = rank[codes[row]];
        return new(sorted, codes);
    }

    /// <summary>
    /// Writes the ranks of <paramref name="rows"/> to <paramref name="codes"/>, up to its length. Returns the lowest
    /// and the highest.
    /// </summary>
    public (int Low, int High) Gather(ReadOnlySpan<int> rows, Span<int> codes) =>
        Bits is not null ? Gather(Bits, rows, codes)
        : HasBytes ? Gather(Bytes(rows.Length), rows, codes)
        : shorts is not null ? Gather(shorts, rows, codes)
        : Gather(ints!, rows, codes);

    /// <summary>
    /// The threshold between rank <paramref name="low"/> and rank <paramref name="high"/>: the
    /// midpoint, unless rounding moves it out of [low, high).
    /// </summary>
    public double Threshold(int low, int high)
    {
        var (below, above) = (Distinct[low], Distinct[high]);
        var middle = below / 2 + above / 2;
        return middle >= below && middle < above ? middle : below;
    }

    /// <summary>The highest rank whose value is at most <paramref name="threshold"/>, which is between those two ranks.</summary>
    public int LastAtMost(double threshold, int low, int high)
    {
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Distinct[middle] <= threshold) low = middle;
            else high = middle;
        }

        return low;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int Low, int High) Gather<TCode>(TCode[] column, ReadOnlySpan<int> rows, Span<int> codes)
        where TCode : unmanaged, IBinaryInteger<TCode>
    {
        fixed (TCode* from = column)
        fixed (int* at = rows, to = codes)
        {
            for (var i = 0; i < rows.Length; i++) to[i] = int.CreateTruncating(from[at[i]]);
        }

        return Range(codes[..rows.Length]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int Low, int High) Gather(ByteRanks ranks, ReadOnlySpan<int> rows, Span<int> codes)
    {
        var stride = (long)ranks.Stride;
        fixed (byte* from = &ranks.Cells[ranks.Offset])
        fixed (int* at = rows, to = codes)
        {
            for (var i = 0; i < rows.Length; i++) to[i] = from[at[i] * stride];
        }

        return Range(codes[..rows.Length]);
    }

    /// <summary>The minimum and the maximum, by whole vectors. Computing them while gathering would make each row wait for the previous
    /// one.</summary>
    private static (int Low, int High) Range(ReadOnlySpan<int> codes)
    {
        var (low, high, i) = (int.MaxValue, int.MinValue, 0);
        if (codes.Length >= Vector256<int>.Count)
        {
            var (least, most) = (Vector256.Create(codes), Vector256.Create(codes));
            for (i = Vector256<int>.Count; i <= codes.Length - Vector256<int>.Count; i += Vector256<int>.Count)
            {
                var here = Vector256.Create(codes[i..]);
                (least, most) = (Vector256.Min(least, here), Vector256.Max(most, here));
            }

            for (var lane = 0; lane < Vector256<int>.Count; lane++) (low, high) = (Math.Min(low, least[lane]), Math.Max(high, most[lane]));
        }

        for (; i < codes.Length; i++) (low, high) = (Math.Min(low, codes[i]), Math.Max(high, codes[i]));
        return (low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe (int Low, int High) Gather(uint[] bits, ReadOnlySpan<int> rows, Span<int> codes)
    {
        var ones = 0;
        fixed (uint* from = bits)
        fixed (int* at = rows, to = codes)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var row = at[i];
                var code = (int)(from[row >> 5] >> row) & 1;
                to[i] = code;
                ones += code;
            }
        }

        return (ones == rows.Length ? 1 : 0, ones > 0 ? 1 : 0);
    }

    // Padded to whole vectors of rows, which are read at the end.
    private static TCode[] Padded<TCode>(int[] codes, Func<int, TCode> narrow)
    {
        var padded = new TCode[WholeRows.Padded(codes.Length)];
        for (var row = 0; row < codes.Length; row++) padded[row] = narrow(codes[row]);
        return padded;
    }

    private static int[] Rehash(List<double> distinct, int size)
    {
        var slots = new int[size];
        for (var i = 0; i < distinct.Count; i++)
        {
            var at = Slot(slots, distinct[i]);
            while (slots[at] != 0) at = (at + 1) & (size - 1);
            slots[at] = i + 1;
        }

        return slots;
    }

    private static int Slot(int[] slots, double value) =>
        (int)((BitConverter.DoubleToUInt64Bits(value) * 0x9E3779B97F4A7C15UL) >> 32) & (slots.Length - 1);
}
