using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows classification trees with any number of classes, from the class weights left of a split.
/// </summary>
/// <remarks>
/// Only the part of the impurity times weight that depends on the split is scored. For Gini impurity it is the sum over both
/// children of (sum of squared class weights) / weight. For entropy it is that of (sum of c log c) - w log w, where c and w are fractions
/// of the node's weight.
/// </remarks>
/// <typeparam name="TRow">The data of a row.</typeparam>
/// <typeparam name="TSum">The type of a sum of weights.</typeparam>
/// <typeparam name="TSums">The arithmetic.</typeparam>
internal sealed partial class ClassGrower<TRow, TSum, TSums> : TreeGrower<TRow>
    where TRow : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSums : IClassSums<TRow, TSum>
{
    private readonly int minSamplesLeaf;
    private readonly bool entropy;
    private readonly bool wholeWeights;
    private readonly ClassTarget target;
    private readonly RankOrder order;
    private readonly int classes;
    private readonly double[] total;
    private readonly double[] left;
    private readonly TSum[] some;
    private readonly TSum[] others;
    private readonly TSum[] bins;
    private readonly ulong[] occurs = new ulong[4];
    private readonly ClassBits ofFew;
    private ClassBits? ofAll;
    private ClassBits here;
    private double weight;

    public ClassGrower(TreeData data, ClassTarget target, int[] rows, double[] weights, int[] outOfBag, Seed seed)
        : base(data, rows, outOfBag, seed, TSums.Counts ? target.Present.Length : 0)
    {
        (this.target, minSamplesLeaf, entropy, wholeWeights) =
            (target, data.Rules.MinSamplesLeaf, data.Rules.Criterion == Criterion.Entropy, data.Weights is null);
        for (var i = 0; i < rows.Length; i++) Carried[i] = TSums.Of(weights[i], target.Codes[rows[i]]);
        order = new(MostRanks, rows.Length, Pooled);
        classes = target.Present.Length;

        here = ofFew = new(Math.Min(classes, NodeBlock.Most), 1);

        // Padded with unused classes to a multiple of the vector width.
        total = new double[(classes + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count];
        left = new double[total.Length];
        (some, others) = (new TSum[total.Length], new TSum[total.Length]);
        bins = new TSum[Math.Min(MostRanks, byte.MaxValue + 1) * total.Length];
    }

    /// <summary>The number of classes from which bins per rank are slower than sorting the rows, for few rows.</summary>
    private const int ManyClasses = 16;

    protected override bool Enter(int start, int count)
    {
        Sum(start, count);
        weight = 0;
        var present = 0;
        foreach (var mass in total)
        {
            weight += mass;
            if (mass > 0) present++;
        }

        return present == 1;
    }

    protected override void TakeBits(int start, int count, bool all)
    {
        if (all) ofAll = new(classes, WholeRows.WordsOf(count));
        var bits = all ? ofAll! : ofFew;
        bits.Clear();
        for (var i = 0; i < count; i++) bits.Add(i, TSums.Class(Carried[start + i]));
    }

    protected override bool Enter(ReadOnlySpan<ulong> node, int count, bool all)
    {
        here = all ? ofAll! : ofFew;
        weight = count;
        Array.Clear(total);
        var present = 0;
        for (var kind = 0; kind < here.Kinds; kind++)
        {
            var mass = here.Counts.Count(node, kind);
            total[here.Classes[kind]] = mass;
            if (mass > 0) present++;
        }

        return present == 1;
    }

    protected override double Score(ReadOnlySpan<ulong> left, int count)
    {
        var rows = BitCounts.Count(left);
        if (Math.Min(rows, count - rows) < minSamplesLeaf) return double.NegativeInfinity;
        var (leftSquares, rightSquares) = (0.0, 0.0);
        if (entropy) Array.Clear(this.left);
        for (var kind = 0; kind < here.Kinds; kind++)
        {
            double l = here.Counts.Count(left, kind);
            var r = total[here.Classes[kind]] - l;
            leftSquares += l * l;
            rightSquares += r * r;
            if (entropy) this.left[here.Classes[kind]] = l;
        }

        return entropy ? Entropy(rows) : Gini(leftSquares, rightSquares, rows);
    }

    protected override Split Best(RankedColumn column, int start, int count)
    {
        if (minSamplesLeaf == 1 && !entropy && column.Bits is { } bits)
        {
            Sum(bits, start, count);
            return BestOfBins();
        }

        if (minSamplesLeaf == 1 && !entropy && column.HasBytes
            && (total.Length <= ManyClasses || column.Distinct.Length * total.Length <= 4 * count))
        {
            Sum(column.Bytes(count), start, count);
            return BestOfBins();
        }

        var (low, high) = column.Gather(Rows.AsSpan(start, count), Codes);
        return low == high ? Split.Constant : BestByOrder(start, count, low, high);
    }

    protected override bool SumsRare(RankedColumn column, int count) => minSamplesLeaf == 1 && !entropy
        && (column.Bits is not null
            || (column.HasBytes && (total.Length <= ManyClasses || column.Distinct.Length * total.Length <= 4 * count)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe Split BestOfRare(RankedColumn column, int start, ReadOnlySpan<int> places, int[] rareRows)
    {
        var (width, common) = (total.Length, column.Common);
        fixed (int* place = places, row = rareRows)
        fixed (TRow* carried = &Carried[start])
        fixed (ulong* noted = occurs)
        fixed (TSum* sums = bins)
        fixed (double* inAll = total)
        {
            if (!column.HasBytes)
            {
                var only = sums + (1 - common) * width;
                for (var i = 0; i < places.Length; i++) only[TSums.Class(carried[place[i]])] += TSums.Weight(carried[place[i]]);
                noted[0] = 1UL << (1 - common);
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
        }

        return BestOfBins();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe double ScoreOfRare(int start, int count, ReadOnlySpan<int> places, int last, bool othersLeft)
    {
        // The side without the other rows is summed.
        Array.Clear(some);
        var (leftWeight, rows) = (0.0, 0);
        var flip = othersLeft ? -1 : 0;
        fixed (int* code = Codes, place = places)
        fixed (TRow* carried = &Carried[start])
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override unsafe double Score(int start, int count, int last)
    {
        Array.Clear(some);
        var (leftWeight, onLeft) = (0.0, 0);
        fixed (int* code = Codes)
        fixed (TRow* carried = &Carried[start])
        fixed (TSum* sums = some)
        {
            for (var i = 0; i < count; i++)
            {
                var goesLeft = (code[i] - last - 1) >> 31;
                sums[TSums.Class(carried[i])] += TSums.Keep(carried[i], goesLeft);
                onLeft -= goesLeft;
            }
        }

        if (HasSmallSide(onLeft, start, count, last)) return double.NegativeInfinity;
        for (var c = 0; c < left.Length; c++) left[c] = double.CreateTruncating(some[c]);
        foreach (var mass in left) leftWeight += mass;
        return entropy ? Entropy(leftWeight) : Gini(leftWeight);
    }

    protected override double Gain(double score)
    {
        var whole = 0.0;
        foreach (var mass in total) whole += entropy ? weight * TimesLog(mass / weight) : mass * mass / weight;
        return Math.Max(0, (entropy ? weight * score : score) - whole);
    }

    protected override void AddOutputs(int start, int count)
    {
        var added = Outputs.AddZeros(target.Outputs);
        for (var c = 0; c < classes; c++) added[target.Present[c]] = total[c] / weight;
    }

    private double Gini(double leftSquares, double rightSquares, double leftWeight)
    {
        var rightWeight = weight - leftWeight;
        return rightWeight > 0
            ? (leftSquares * rightWeight + rightSquares * leftWeight) / (leftWeight * rightWeight) : double.NegativeInfinity;
    }

    /// <summary>Recomputes the sum of squares. Incremental updates would accumulate rounding errors for fractional weights.</summary>
    private double Gini(double leftWeight)
    {
        var (leftSquares, rightSquares) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var c = 0; c < left.Length; c += Vector256<double>.Count)
        {
            var l = Vector256.Create(left.AsSpan(c));
            var r = Vector256.Create(total.AsSpan(c)) - l;
            leftSquares += l * l;
            rightSquares += r * r;
        }

        return Gini(Vector256.Sum(leftSquares), Vector256.Sum(rightSquares), leftWeight);
    }

    private double Entropy(double leftWeight)
    {
        // Uses fractions rather than weights, so that a power of two in all weights does not change any bit of the score.
        var one = 1 / weight;
        var score = -TimesLog(leftWeight * one) - TimesLog((weight - leftWeight) * one);
        for (var c = 0; c < classes; c++) score += TimesLog(left[c] * one) + TimesLog((total[c] - left[c]) * one);
        return weight > leftWeight ? score : double.NegativeInfinity;
    }

    private static double TimesLog(double x) => x > 0 ? x * Math.Log(x) : 0;
}
