using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

// Columns that mostly have one value: only the other rows are read.
internal sealed partial class ClassCriterion<TRow, TSum, TSums>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe Split BestOfRare(RankedColumn column, int start, int count, ReadOnlySpan<int> places, int[] rareRows)
    {
        var (width, common) = (total.Length, column.Common);
        fixed (int* place = places, row = rareRows)
        fixed (TRow* carried = &Rows.Carried[start])
        fixed (ulong* noted = occurs)
        fixed (TSum* sums = bins)
        fixed (double* inAll = total)
        {
            if (!column.HasBytes)
            {
                var only = sums + (1 - common) * width;
                for (var i = 0; i < places.Length; i++) only[TSums.Class(carried[place[i]])] += TSums.Weight(carried[place[i]]);
                noted[0] = 1UL << (1 - common);
                if (rowsAt is not null) rowsAt[1 - common] = places.Length;
            }
            else
            {
                var bytes = column.Bytes(places.Length);
                var stride = (long)bytes.Stride;
                fixed (byte* code = &bytes.Cells[bytes.Offset])
                {
                    // The first ranks are recorded in a register, to avoid waiting for memory that was just written.
                    var low = 0UL;
                    for (var i = 0; i < places.Length; i++)
                    {
                        int rank = code[row[i] * stride];
                        sums[rank * width + TSums.Class(carried[place[i]])] += TSums.Weight(carried[place[i]]);
                        if (rank < 64) low |= 1UL << rank;
                        else noted[rank >> 6] |= 1UL << rank;
                        if (rowsAt is not null) rowsAt[rank]++;
                    }

                    noted[0] |= low;
                }
            }

            for (var c = 0; c < width; c += Vector256<double>.Count)
            {
                var inOthers = Vector256.Load(inAll + c);
                for (var word = 0; word < occurs.Length; word++)
                {
                    for (var bits = noted[word]; bits != 0; bits &= bits - 1)
                    {
                        inOthers -= TSums.Load(sums + ((word << 6) + BitOperations.TrailingZeroCount(bits)) * width + c);
                    }
                }

                TSums.Store(inOthers, sums + common * width + c);
            }

            noted[common >> 6] |= 1UL << common;
            if (rowsAt is not null) rowsAt[common] = count - places.Length;
        }

        return BestOfBins(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe double ScoreOfRare(int start, int count, ReadOnlySpan<int> places, int last, bool othersLeft)
    {
        // The side without the other rows is summed.
        Array.Clear(some);
        var (leftWeight, rows) = (0.0, 0);
        var flip = othersLeft ? -1 : 0;
        fixed (int* code = Rows.Codes, place = places)
        fixed (TRow* carried = &Rows.Carried[start])
        fixed (TSum* sums = some)
        {
            for (var i = 0; i < places.Length; i++)
            {
                var counts = ((code[i] - last - 1) >> 31) ^ flip;
                var row = carried + place[i];
                sums[TSums.Class(*row)] += TSums.Keep(*row, counts);
                rows -= counts;
            }
        }

        if (Math.Min(rows, count - rows) < minSamplesLeaf) return double.NegativeInfinity;
        for (var c = 0; c < left.Length; c++) left[c] = double.CreateTruncating(some[c]);
        if (othersLeft)
        {
            for (var c = 0; c < left.Length; c++) left[c] = total[c] - left[c];
        }

        foreach (var mass in left) leftWeight += mass;
        return entropy ? Entropy(leftWeight) : Gini(leftWeight);
    }
}
