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
internal sealed partial class MomentCriterion<TSums, TMoments> : SplitCriterion<TSums>
    where TSums : unmanaged
    where TMoments : IMoments<TSums>
{
    private readonly int minSamplesLeaf;
    private readonly Leaves leaves;
    private readonly TSums[] bins;
    private readonly ulong[] occurs;
    private readonly bool binned;
    private readonly int[]? rowsAt;
    private BitCounts ofAll;
    private readonly BitCounts ofFew = new(new ulong[1], 1);
    private BitCounts ones;
    private TSums all;
    private double weight;
    private double sum;

    private MomentCriterion(Partition<TSums> rows, double[] weights, Func<int, double> target, Leaves leaves)
        : base(rows)
    {
        var data = rows.Data;
        (this.leaves, minSamplesLeaf, binned) = (leaves, data.Rules.MinSamplesLeaf, data.Times is null);
        for (var i = 0; i < rows.Rows.Length; i++) rows.Carried[i] = TMoments.Of(weights[i], target(rows.Rows[i]));
        bins = new TSums[2 * Math.Max(256, Math.Min(data.MostRanks, rows.Rows.Length))];
        occurs = new ulong[bins.Length / 128 + 1];
        rowsAt = minSamplesLeaf > 1 ? new int[bins.Length / 2] : null;
    }

    /// <summary>Grows a tree on <paramref name="rows"/> of some weights; see <see cref="TreeTarget.Grow"/>.</summary>
    public static GrownTree Grow(
        TreeData data, int[] rows, double[] weights, int[] outOfBag, Seed seed, Func<int, double> target, Leaves leaves)
    {
        var partition = new Partition<TSums>(data, rows, TMoments.Counts ? 2 : 0);
        return TreeBuilder<TSums>.Grow(
            partition, new MomentCriterion<TSums, TMoments>(partition, weights, target, leaves), outOfBag, seed);
    }

    public override void TakeBits(int start, int count, bool all)
    {
        if (all) ofAll = new(new ulong[WholeRows.WordsOf(count)], WholeRows.WordsOf(count));
        else ofFew.Clear();
        for (var i = 0; i < count; i++)
        {
            if (TMoments.Target(Rows.Carried[start + i]) > 0) (all ? ofAll : ofFew).Add(i, 0);
        }
    }

    public override bool Enter(ReadOnlySpan<ulong> node, int count, bool all)
    {
        ones = all ? ofAll : ofFew;
        (weight, sum) = (count, ones.Count(node, 0));
        return sum == 0 || sum == weight;
    }

    public override double Score(ReadOnlySpan<ulong> left, int count)
    {
        var rows = BitCounts.Count(left);
        return Math.Min(rows, count - rows) < minSamplesLeaf ? double.NegativeInfinity : Score(rows, ones.Count(left, 0));
    }

    public override bool Enter(int start, int count)
    {
        all = default;
        foreach (var row in Rows.Carried.AsSpan(start, count)) all = TMoments.Add(all, row);
        (weight, sum) = (TMoments.Weight(all), TMoments.Target(all));
        return leaves.Pure(Rows.Rows.AsSpan(start, count), weight, sum);
    }

    public override Split Best(RankedColumn column, int start, int count)
    {
        if (binned && column.Bits is { } bits) return BestOfTwo(bits, start, count);
        if (binned && column.HasBytes)
        {
            if (count < column.Distinct.Length) SumFew(column.Bytes(count), start, count);
            else Sum(column.Bytes(count), start, count, column.Distinct.Length);
            return BestOfBins(0, column.Distinct.Length, count);
        }

        var (low, high) = column.Gather(Rows.Rows.AsSpan(start, count), Rows.Codes);
        if (low == high) return Split.Constant;
        if (!binned || high - low >= count) return BestByOrder(start, count, low, high);
        Sum(start, count, low, high - low + 1);
        return BestOfBins(low, high - low + 1, count);
    }

    public override bool SumsRare(RankedColumn column, int count) => binned && (column.HasBytes || column.Bits is not null);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe Split BestOfRare(RankedColumn column, int start, int count, ReadOnlySpan<int> places, int[] rareRows)
    {
        var (found, others) = (places.Length, all);
        fixed (int* place = places, row = rareRows)
        fixed (TSums* carried = &Rows.Carried[start], sums = bins)
        {
            if (!column.HasBytes)
            {
                var (even, odd, i) = (default(TSums), default(TSums), 0);
                for (; i < found - 1; i += 2)
                {
                    even = TMoments.Add(even, carried[place[i]]);
                    odd = TMoments.Add(odd, carried[place[i + 1]]);
                }

                if (i < found) even = TMoments.Add(even, carried[place[i]]);
                return OfTwo(TMoments.Subtract(others, TMoments.Add(even, odd)), found, count);
            }

            var bytes = column.Bytes(found);
            var stride = (long)bytes.Stride;
            fixed (byte* code = &bytes.Cells[bytes.Offset])
            fixed (ulong* noted = occurs)
            {
                // The first ranks are recorded in a register, to avoid waiting for memory that was just written.
                var low = 0UL;
                for (var i = 0; i < found; i++)
                {
                    int rank = code[row[i] * stride];
                    var carry = carried[place[i]];
                    Into(ref sums[2 * rank], carry);
                    others = TMoments.Subtract(others, carry);
                    if (rank < 64) low |= 1UL << rank;
                    else noted[rank >> 6] |= 1UL << rank;
                    if (rowsAt is not null) rowsAt[rank]++;
                }

                noted[0] |= low;

                sums[2 * column.Common] = others;
                noted[column.Common >> 6] |= 1UL << column.Common;
                if (rowsAt is not null) rowsAt[column.Common] = count - found;
            }
        }

        return BestOfBins(0, column.Distinct.Length, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe double ScoreOfRare(int start, int count, ReadOnlySpan<int> places, int last, bool othersLeft)
    {
        // The side without the other rows is summed.
        var (side, rows) = (default(TSums), 0);
        var flip = othersLeft ? -1 : 0;
        fixed (int* code = Rows.Codes, place = places)
        fixed (TSums* carried = &Rows.Carried[start])
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
    public override unsafe double Score(int start, int count, int last)
    {
        fixed (int* code = Rows.Codes)
        fixed (TSums* carried = &Rows.Carried[start])
        {
            var (left, rows) = TMoments.UpTo(last, code, carried, count);
            return Rows.Limits.HasSmallSide(rows, Rows.Rows.AsSpan(start, count), Rows.Codes, last) ? double.NegativeInfinity : Score(left);
        }
    }

    public override double Score(ReadOnlySpan<double> values, double threshold, int start)
    {
        var (left, rows) = TMoments.UpTo(threshold, values, Rows.Carried.AsSpan(start, values.Length));
        return Math.Min(rows, values.Length - rows) < minSamplesLeaf ? double.NegativeInfinity : Score(left);
    }

    public override double Gain(double score) => score / weight;

    public override void AddOutputs(int start, int count) => leaves.Add(Outputs, Rows.Rows.AsSpan(start, count), weight, sum);

    /// <summary>The only split of a column with two values.</summary>
    private Split OfTwo(TSums left, int rows, int count) =>
        new(Math.Min(rows, count - rows) < minSamplesLeaf ? double.NegativeInfinity : Score(left), 0, 1);

    private static void Into(ref TSums bin, TSums carried) => bin = TMoments.Add(bin, carried);

    /// <summary>A split is useless if the weight of one side is negligible compared with the other.</summary>
    private double Score(TSums left) => Score(TMoments.Weight(left), TMoments.Target(left));

    private double Score(double w, double s)
    {
        var (difference, product) = (s * weight - sum * w, w * (weight - w));
        return product > 0 ? difference * difference / product : double.NegativeInfinity;
    }
}
