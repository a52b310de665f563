using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows trees by squared error, from the sum of weights and the sum of weighted targets. Used for regression, and for two classes with
/// Gini impurity, which is twice the mean squared error for targets 0 and 1.
/// </summary>
/// <remarks>
/// A row holds its weight and its weight times its target. With W, S a node's sums and w, s those of its left child, the reduction of the
/// squared
/// error by a split is d^2 / (w (W - w) W), where d = s W - S w. Unlike the textbook's difference of squares it
/// does not cancel if the means of both children are close.
/// </remarks>
/// <typeparam name="TSums">The data of a row, and the type of their sums.</typeparam>
/// <typeparam name="TMoments">The arithmetic.</typeparam>
internal sealed partial class MomentGrower<TSums, TMoments> : TreeGrower<TSums>
    where TSums : unmanaged
    where TMoments : IMoments<TSums>
{
    private readonly int minSamplesLeaf;
    private readonly Leaves leaves;
    private readonly RankOrder order;
    private readonly TSums[] bins;
    private readonly ulong[] occurs;
    private BitCounts ofAll;
    private readonly BitCounts ofFew = new(new ulong[1], 1);
    private BitCounts ones;
    private TSums all;
    private double weight;
    private double sum;

    public MomentGrower(TreeData data, int[] rows, double[] weights, int[] outOfBag, Seed seed, Func<int, double> target, Leaves leaves)
        : base(data, rows, outOfBag, seed, TMoments.Counts ? 2 : 0)
    {
        (this.leaves, minSamplesLeaf) = (leaves, data.Rules.MinSamplesLeaf);
        for (var i = 0; i < rows.Length; i++) Carried[i] = TMoments.Of(weights[i], target(rows[i]));
        order = new(MostRanks, rows.Length, Pooled);
        bins = new TSums[2 * Math.Max(256, Math.Min(MostRanks, rows.Length))];
        occurs = new ulong[bins.Length / 128 + 1];
    }

    protected override void TakeBits(int start, int count, bool all)
    {
        if (all) ofAll = new(new ulong[WholeRows.WordsOf(count)], WholeRows.WordsOf(count));
        else ofFew.Clear();
        for (var i = 0; i < count; i++)
        {
            if (TMoments.Target(Carried[start + i]) > 0) (all ? ofAll : ofFew).Add(i, 0);
        }
    }

    protected override bool Enter(ReadOnlySpan<ulong> node, int count, bool all)
    {
        ones = all ? ofAll : ofFew;
        (weight, sum) = (count, ones.Count(node, 0));
        return sum == 0 || sum == weight;
    }

    protected override double Score(ReadOnlySpan<ulong> left, int count)
    {
        var rows = BitCounts.Count(left);
        return Math.Min(rows, count - rows) < minSamplesLeaf ? double.NegativeInfinity : Score(rows, ones.Count(left, 0));
    }

    protected override bool Enter(int start, int count)
    {
        all = default;
        foreach (var row in Carried.AsSpan(start, count)) all = TMoments.Add(all, row);
        (weight, sum) = (TMoments.Weight(all), TMoments.Target(all));
        return leaves.Pure(Rows.AsSpan(start, count), weight, sum);
    }

    protected override Split Best(RankedColumn column, int start, int count)
    {
        if (minSamplesLeaf == 1 && column.Bits is { } bits) return BestOfTwo(bits, start, count);
        if (minSamplesLeaf == 1 && column.HasBytes)
        {
            if (count < column.Distinct.Length) SumFew(column.Bytes(count), start, count);
            else Sum(column.Bytes(count), start, count, column.Distinct.Length);
            return BestOfBins(0, column.Distinct.Length);
        }

        var (low, high) = column.Gather(Rows.AsSpan(start, count), Codes);
        if (low == high) return Split.Constant;
        if (minSamplesLeaf > 1 || high - low >= count) return BestByOrder(start, count, low, high);
        Sum(start, count, low, high - low + 1);
        return BestOfBins(low, high - low + 1);
    }

    protected override bool SumsRare(RankedColumn column, int count) => minSamplesLeaf == 1 && (column.HasBytes || column.Bits is not null);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe Split BestOfRare(RankedColumn column, int start, ReadOnlySpan<int> places, int[] rareRows)
    {
        var (count, others) = (places.Length, all);
        fixed (int* place = places, row = rareRows)
        fixed (TSums* carried = &Carried[start], sums = bins)
        {
            if (!column.HasBytes)
            {
                var (even, odd, i) = (default(TSums), default(TSums), 0);
                for (; i < count - 1; i += 2)
                {
                    even = TMoments.Add(even, carried[place[i]]);
                    odd = TMoments.Add(odd, carried[place[i + 1]]);
                }

                if (i < count) even = TMoments.Add(even, carried[place[i]]);
                return new(Score(TMoments.Subtract(others, TMoments.Add(even, odd))), 0, 1);
            }

            var bytes = column.Bytes(count);
            var stride = (long)bytes.Stride;
            fixed (byte* code = &bytes.Cells[bytes.Offset])
            fixed (ulong* noted = occurs)
            {
                // The first ranks are recorded in a register, to avoid waiting for memory that was just written.
                var low = 0UL;
                for (var i = 0; i < count; i++)
                {
                    int rank = code[row[i] * stride];
                    var carry = carried[place[i]];
                    Into(ref sums[2 * rank], carry);
                    others = TMoments.Subtract(others, carry);
                    if (rank < 64) low |= 1UL << rank;
                    else noted[rank >> 6] |= 1UL << rank;
                }

                noted[0] |= low;

                sums[2 * column.Common] = others;
                noted[column.Common >> 6] |= 1UL << column.Common;
            }
        }

        return BestOfBins(0, column.Distinct.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe double ScoreOfRare(int start, int count, ReadOnlySpan<int> places, int last, bool othersLeft)
    {
        // The side without the other rows is summed.
        var (side, rows) = (default(TSums), 0);
        var flip = othersLeft ? -1 : 0;
        fixed (int* code = Codes, place = places)
        fixed (TSums* carried = &Carried[start])
        {
            for (var i = 0; i < places.Length; i++)
            {
                var counts = ((code[i] - last - 1) >> 31) ^ flip;
                side = TMoments.Add(side, TMoments.Keep(carried[place[i]], counts));
                rows -= counts;
            }
        }

        return Math.Min(rows, count - rows) < minSamplesLeaf
            ? double.NegativeInfinity : Score(othersLeft ? TMoments.Subtract(all, side) : side);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe double Score(int start, int count, int last)
    {
        fixed (int* code = Codes)
        fixed (TSums* carried = &Carried[start])
        {
            var (left, rows) = TMoments.UpTo(last, code, carried, count);
            return HasSmallSide(rows, start, count, last) ? double.NegativeInfinity : Score(left);
        }
    }

    protected override double Gain(double score) => score / weight;

    protected override void AddOutputs(int start, int count) => leaves.Add(Outputs, Rows.AsSpan(start, count), weight, sum);

    private static void Into(ref TSums bin, TSums carried) => bin = TMoments.Add(bin, carried);

    /// <summary>A split is useless if the weight of one side is negligible compared with the other.</summary>
    private double Score(TSums left) => Score(TMoments.Weight(left), TMoments.Target(left));

    private double Score(double w, double s)
    {
        var (difference, product) = (s * weight - sum * w, w * (weight - w));
        return product > 0 ? difference * difference / product : double.NegativeInfinity;
    }
}
