using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

// Sums by rank and class, and the splits between them.
internal sealed partial class ClassCriterion<TRow, TSum, TSums>
{
    /// <summary>Sums weights by class, into two accumulators in turn: rows often come class by class, and adding to a sum that was just
    /// written waits for that write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(int start, int count)
    {
        Array.Clear(some);
        Array.Clear(others);
        fixed (TRow* carried = &Rows.Carried[start])
        fixed (TSum* even = some, odd = others)
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                even[TSums.Class(carried[i])] += TSums.Weight(carried[i]);
                odd[TSums.Class(carried[i + 1])] += TSums.Weight(carried[i + 1]);
            }

            if (i < count) even[TSums.Class(carried[i])] += TSums.Weight(carried[i]);
            for (var c = 0; c < total.Length; c++) total[c] = double.CreateTruncating(even[c] + odd[c]);
        }
    }

    /// <summary>Sums weights by rank and class, directly from the column, and records which ranks occur.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(ByteRanks column, int start, int count)
    {
        var (width, stride) = (total.Length, (long)column.Stride);
        fixed (byte* code = &column.Cells[column.Offset])
        fixed (int* row = &Rows.Rows[start])
        fixed (ulong* noted = occurs)
        fixed (TRow* carried = &Rows.Carried[start])
        fixed (TSum* sums = bins)
        {
            for (var i = 0; i < count; i++)
            {
                int rank = code[row[i] * stride];
                sums[rank * width + TSums.Class(carried[i])] += TSums.Weight(carried[i]);
                noted[rank >> 6] |= 1UL << rank;
                if (rowsAt is not null) rowsAt[rank]++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(uint[] column, int start, int count)
    {
        var (width, ones) = (total.Length, 0);
        fixed (uint* bits = column)
        fixed (int* row = &Rows.Rows[start])
        fixed (TRow* carried = &Rows.Carried[start])
        fixed (TSum* sums = bins)
        {
            for (var i = 0; i < count; i++)
            {
                var rank = (int)(bits[row[i] >> 5] >> row[i]) & 1;
                sums[rank * width + TSums.Class(carried[i])] += TSums.Weight(carried[i]);
                ones += rank;
            }
        }

        if (rowsAt is not null) (rowsAt[0], rowsAt[1]) = (count - ones, ones);
        occurs[0] = (ones < count ? 1UL : 0) | (ones > 0 ? 2UL : 0);
    }

    /// <summary>Scores the splits between the ranks that occur, and clears the bins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Split BestOfBins(int count)
    {
        var (width, rowsOnLeft) = (total.Length, 0);
        var (last, split, score, leftWeight) = (-1, Split.Constant, double.NegativeInfinity, 0.0);
        Array.Clear(left);
        fixed (ulong* words = occurs)
        fixed (TSum* sums = bins)
        fixed (double* onLeft = left, inAll = total)
        {
            for (var word = 0; word < occurs.Length; word++)
            {
                for (var bits = words[word]; bits != 0; bits &= bits - 1)
                {
                    var rank = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    if (last >= 0 && (split.IsConstant || score > split.Score)) split = new(score, last, rank);
                    last = rank;

                    var (mass, leftSquares, rightSquares) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
                    for (var c = 0; c < width; c += Vector256<double>.Count)
                    {
                        var bin = TSums.Load(sums + rank * width + c);
                        var l = Vector256.Load(onLeft + c) + bin;
                        var r = Vector256.Load(inAll + c) - l;
                        l.Store(onLeft + c);
                        TSums.Store(Vector256<double>.Zero, sums + rank * width + c);
                        mass += bin;
                        leftSquares += l * l;
                        rightSquares += r * r;
                    }

                    leftWeight += Vector256.Sum(mass);
                    if (rowsAt is not null)
                    {
                        rowsOnLeft += rowsAt[rank];
                        rowsAt[rank] = 0;
                        if (Math.Min(rowsOnLeft, count - rowsOnLeft) < minSamplesLeaf)
                        {
                            score = double.NegativeInfinity;
                            continue;
                        }
                    }

                    score = entropy ? Entropy(leftWeight) : Gini(Vector256.Sum(leftSquares), Vector256.Sum(rightSquares), leftWeight);
                }

                words[word] = 0;
            }
        }

        return split;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe Split BestOfSorted(ReadOnlySpan<ulong> sorted, ReadOnlySpan<TRow> byRow, (int Least, int Most) sizes)
    {
        Array.Clear(left);
        var (leftWeight, leftSquares, rightSquares) = (0.0, 0.0, 0.0);
        foreach (var mass in total) rightSquares += mass * mass;
        fixed (ulong* keys = sorted)
        fixed (TRow* carried = byRow)
        fixed (double* onLeft = left, inAll = total)
        {
            var (last, split) = (SortedRow.Rank(keys[0]), Split.None);
            for (var i = 0; i < sorted.Length; i++)
            {
                var code = SortedRow.Rank(keys[i]);
                if (code != last && i >= sizes.Least && i <= sizes.Most)
                {
                    var score = entropy
                        ? Entropy(leftWeight) : wholeWeights ? Gini(leftSquares, rightSquares, leftWeight) : Gini(leftWeight);
                    if (score > split.Score) split = new(score, last, code);
                }

                var row = carried[SortedRow.Row(keys[i])];
                var (mass, c) = (double.CreateTruncating(TSums.Weight(row)), TSums.Class(row));
                var l = onLeft[c];
                var r = inAll[c] - l;
                leftSquares += mass * (2 * l + mass);
                rightSquares += mass * (mass - 2 * r);
                onLeft[c] = l + mass;
                leftWeight += mass;
                last = code;
            }

            return split;
        }
    }
}
