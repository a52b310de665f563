using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows trees by squared error, from two sums: of weights and of weighted targets. It serves values, and two classes by
/// Gini, since with targets 0 and 1 the Gini impurity is twice the mean squared error.
/// </summary>
/// <remarks>
/// A row carries its weight and its weight times its target. With W, S a node's sums and w, s those of its left part, the squared error
/// that a split takes away is d^2 / (w (W - w) W), d = s W - S w. Unlike the textbook's difference of squares it
/// doesn't cancel where the means on both sides are close.
/// </remarks>
/// <typeparam name="TSums">What a row carries, and what its likes sum up to.</typeparam>
/// <typeparam name="TMoments">How.</typeparam>
internal sealed class MomentGrower<TSums, TMoments> : TreeGrower<TSums>
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
                // The first ranks are noted in a register: memory just written to would be waited for.
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
        // Summed is the side where the others are not.
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

        return Math.Min(rows, count - rows) < minSamplesLeaf ? double.NegativeInfinity : Score(othersLeft ? TMoments.Subtract(all, side) : side);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe double Score(int start, int count, int last)
    {
        fixed (int* code = Codes)
        fixed (TSums* carried = &Carried[start])
        {
            var (left, rows) = TMoments.UpTo(last, code, carried, count);
            return Math.Min(rows, count - rows) < minSamplesLeaf ? double.NegativeInfinity : Score(left);
        }
    }

    protected override double Gain(double score) => score / weight;

    protected override void AddOutputs(int start, int count) => leaves.Add(Outputs, Rows.AsSpan(start, count), weight, sum);

    /// <summary>The one split of a column of two values: what has the greater is summed, in turn into two sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Split BestOfTwo(uint[] column, int start, int count)
    {
        var (even, odd, ones) = (default(TSums), default(TSums), 0);
        fixed (uint* bits = column)
        fixed (int* row = &Rows[start])
        fixed (TSums* carried = &Carried[start])
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

        return ones == 0 || ones == count ? Split.Constant : new(Score(TMoments.Subtract(all, TMoments.Add(even, odd))), 0, 1);
    }

    /// <summary>
    /// Sums what rows carry by rank, straight from the column. Each rank has two bins that take turns, since adding to
    /// the bin just written waits for that write.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(ByteRanks column, int start, int count, int ranks)
    {
        occurs.AsSpan(0, (ranks + 63) / 64).Fill(ulong.MaxValue);
        var stride = (long)column.Stride;
        fixed (byte* code = &column.Cells[column.Offset])
        fixed (int* row = &Rows[start])
        fixed (TSums* carried = &Carried[start], sums = bins)
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                Into(ref sums[2 * code[row[i] * stride]], carried[i]);
                Into(ref sums[2 * code[row[i + 1] * stride] + 1], carried[i + 1]);
            }

            if (i < count) Into(ref sums[2 * code[row[i] * stride]], carried[i]);
        }
    }

    /// <summary>As <see cref="Sum(ByteRanks, int, int, int)"/> for fewer rows than ranks: notes which occur.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void SumFew(ByteRanks column, int start, int count)
    {
        var stride = (long)column.Stride;
        fixed (byte* code = &column.Cells[column.Offset])
        fixed (int* row = &Rows[start])
        fixed (ulong* noted = occurs)
        fixed (TSums* carried = &Carried[start], sums = bins)
        {
            for (var i = 0; i < count; i++)
            {
                int rank = code[row[i] * stride];
                Into(ref sums[2 * rank], carried[i]);
                noted[rank >> 6] |= 1UL << rank;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(int start, int count, int low, int ranks)
    {
        occurs.AsSpan(0, (ranks + 63) / 64).Fill(ulong.MaxValue);
        fixed (int* code = Codes)
        fixed (TSums* carried = &Carried[start], sums = bins)
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                Into(ref sums[2 * (code[i] - low)], carried[i]);
                Into(ref sums[2 * (code[i + 1] - low) + 1], carried[i + 1]);
            }

            if (i < count) Into(ref sums[2 * (code[i] - low)], carried[i]);
        }
    }

    /// <summary>Scores the splits between the ranks that occur, and leaves the bins empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Split BestOfBins(int low, int ranks)
    {
        var (last, split, left) = (-1, Split.Constant, default(TSums));
        var best = double.NegativeInfinity;
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
                        var score = Score(left);
                        if (score > best || split.IsConstant) (best, split) = (score, new(score, low + last, low + rank));
                    }

                    left = TMoments.Add(left, bin);
                    last = rank;
                }

                words[word] = 0;
            }
        }

        return split;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Split BestByOrder(int start, int count, int low, int high)
    {
        var ordered = order.Of(Codes.AsSpan(0, count), low, high);
        var (first, end) = (minSamplesLeaf, count - minSamplesLeaf);
        fixed (int* code = Codes, sorted = ordered)
        fixed (TSums* carried = &Carried[start])
        {
            var left = carried[sorted[0]];
            var (last, split) = (code[sorted[0]], Split.None);
            for (var i = 1; i <= end; i++)
            {
                var at = sorted[i];
                var next = code[at];
                if (next != last && i >= first)
                {
                    var score = Score(left);
                    if (score > split.Score) split = new(score, last, next);
                }

                left = TMoments.Add(left, carried[at]);
                last = next;
            }

            return split;
        }
    }

    private static void Into(ref TSums bin, TSums carried) => bin = TMoments.Add(bin, carried);

    /// <summary>Of no use is a split one side of which weighs nothing beside the other.</summary>
    private double Score(TSums left) => Score(TMoments.Weight(left), TMoments.Target(left));

    private double Score(double w, double s)
    {
        var (difference, product) = (s * weight - sum * w, w * (weight - w));
        return product > 0 ? difference * difference / product : double.NegativeInfinity;
    }
}

/// <summary>What a node of a <see cref="MomentGrower{TSums, TMoments}"/> says as a leaf, and whether all its rows have one target.</summary>
internal abstract class Leaves
{
    public abstract bool Pure(ReadOnlySpan<int> rows, double weight, double sum);

    public abstract void Add(PooledList<double> outputs, ReadOnlySpan<int> rows, double weight, double sum);
}

internal sealed class TwoClassLeaves(ClassTarget target) : Leaves
{
    public override bool Pure(ReadOnlySpan<int> rows, double weight, double sum) => sum == 0 || sum == weight;

    public override void Add(PooledList<double> outputs, ReadOnlySpan<int> rows, double weight, double sum)
    {
        var added = outputs.AddZeros(target.Outputs);
        added[target.Present[0]] = (weight - sum) / weight;
        added[target.Present[1]] = sum / weight;
    }
}

internal sealed class ValueLeaves(ValueTarget target) : Leaves
{
    public override bool Pure(ReadOnlySpan<int> rows, double weight, double sum)
    {
        var numbers = target.Numbers;
        var first = numbers[rows[0]];
        foreach (var row in rows)
        {
            if (numbers[row] != first) return false;
        }

        return true;
    }

    public override void Add(PooledList<double> outputs, ReadOnlySpan<int> rows, double weight, double sum) =>
        outputs.Add(Pure(rows, weight, sum) ? target.Numbers[rows[0]] : target.Unscale(sum / weight));
}
