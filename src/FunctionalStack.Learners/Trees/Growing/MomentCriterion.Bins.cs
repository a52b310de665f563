using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

// Sums by rank, and the splits between them.
internal sealed partial class MomentCriterion<TSums, TMoments>
{
    /// <summary>The only split of a column with two values. The rows with the larger value are summed, into two accumulators in
    /// turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Split BestOfTwo(uint[] column, int start, int count)
    {
        var (even, odd, ones) = (default(TSums), default(TSums), 0);
        fixed (uint* bits = column)
        fixed (int* row = &Rows.Rows[start])
        fixed (TSums* carried = &Rows.Carried[start])
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                var (first, second) = (row[i], row[i + 1]);
                var one = (int)(bits[first >> 5] >> first) & 1;
                var other = (int)(bits[second >> 5] >> second) & 1;
                even = TMoments.Add(even, TMoments.Keep(carried[i], -one));
                odd = TMoments.Add(odd, TMoments.Keep(carried[i + 1], -other));
                ones += one + other;
            }

            if (i < count)
            {
                var one = (int)(bits[row[i] >> 5] >> row[i]) & 1;
                even = TMoments.Add(even, TMoments.Keep(carried[i], -one));
                ones += one;
            }
        }

        return ones == 0 || ones == count ? Split.Constant : OfTwo(TMoments.Subtract(all, TMoments.Add(even, odd)), ones, count);
    }

    /// <summary>
    /// Sums rows by rank, directly from the column. Each rank has two bins used in turn, since adding to
    /// a bin that was just written waits for that write.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(ByteRanks column, int start, int count, int ranks)
    {
        occurs.AsSpan(0, (ranks + 63) / 64).Fill(ulong.MaxValue);
        var stride = (long)column.Stride;
        fixed (byte* code = &column.Cells[column.Offset])
        fixed (int* row = &Rows.Rows[start])
        fixed (TSums* carried = &Rows.Carried[start], sums = bins)
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                Into(ref sums[2 * code[row[i] * stride]], carried[i]);
                Into(ref sums[2 * code[row[i + 1] * stride] + 1], carried[i + 1]);
            }

            if (i < count) Into(ref sums[2 * code[row[i] * stride]], carried[i]);
            for (i = 0; rowsAt is not null && i < count; i++) rowsAt[code[row[i] * stride]]++;
        }
    }

    /// <summary>Like <see cref="Sum(ByteRanks, int, int, int)"/> for fewer rows than ranks: records which ranks occur.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void SumFew(ByteRanks column, int start, int count)
    {
        var stride = (long)column.Stride;
        fixed (byte* code = &column.Cells[column.Offset])
        fixed (int* row = &Rows.Rows[start])
        fixed (ulong* noted = occurs)
        fixed (TSums* carried = &Rows.Carried[start], sums = bins)
        {
            for (var i = 0; i < count; i++)
            {
                int rank = code[row[i] * stride];
                Into(ref sums[2 * rank], carried[i]);
                noted[rank >> 6] |= 1UL << rank;
                if (rowsAt is not null) rowsAt[rank]++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(int start, int count, int low, int ranks)
    {
        occurs.AsSpan(0, (ranks + 63) / 64).Fill(ulong.MaxValue);
        fixed (int* code = Rows.Codes)
        fixed (TSums* carried = &Rows.Carried[start], sums = bins)
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                Into(ref sums[2 * (code[i] - low)], carried[i]);
                Into(ref sums[2 * (code[i + 1] - low) + 1], carried[i + 1]);
            }

            if (i < count) Into(ref sums[2 * (code[i] - low)], carried[i]);
            for (i = 0; rowsAt is not null && i < count; i++) rowsAt[code[i] - low]++;
        }
    }

    /// <summary>Scores the splits between the ranks that occur, and clears the bins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Split BestOfBins(int low, int ranks, int count)
    {
        var (last, split, left) = (-1, Split.Constant, default(TSums));
        var (best, rowsOnLeft) = (double.NegativeInfinity, 0);
        fixed (ulong* words = occurs)
        fixed (TSums* sums = bins)
        {
            for (var word = 0; word << 6 < ranks; word++)
            {
                for (var bits = words[word]; bits != 0; bits &= bits - 1)
                {
                    var rank = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    if (rank >= ranks) break;
                    var bin = TMoments.Add(sums[2 * rank], sums[2 * rank + 1]);
                    if (TMoments.Weight(bin) == 0) continue;
                    sums[2 * rank] = sums[2 * rank + 1] = default;
                    if (last >= 0)
                    {
                        var score = Math.Min(rowsOnLeft, count - rowsOnLeft) < minSamplesLeaf && rowsAt is not null
                            ? double.NegativeInfinity : Score(left);
                        if (score > best || split.IsConstant) (best, split) = (score, new(score, low + last, low + rank));
                    }

                    left = TMoments.Add(left, bin);
                    last = rank;
                    if (rowsAt is null) continue;
                    rowsOnLeft += rowsAt[rank];
                    rowsAt[rank] = 0;
                }

                words[word] = 0;
            }
        }

        return split;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe Split BestOfSorted(ReadOnlySpan<ulong> sorted, ReadOnlySpan<TSums> byRow, (int Least, int Most) sizes)
    {
        fixed (ulong* keys = sorted)
        fixed (TSums* carried = byRow)
        {
            var left = carried[SortedRow.Row(keys[0])];
            var (last, split) = (SortedRow.Rank(keys[0]), Split.None);
            var end = Math.Min(sizes.Most, sorted.Length - 1);
            for (var i = 1; i <= end; i++)
            {
                var next = SortedRow.Rank(keys[i]);
                if (next != last && i >= sizes.Least)
                {
                    var score = Score(left);
                    if (score > split.Score) split = new(score, last, next);
                }

                left = TMoments.Add(left, carried[SortedRow.Row(keys[i])]);
                last = next;
            }

            return split;
        }
    }
}
