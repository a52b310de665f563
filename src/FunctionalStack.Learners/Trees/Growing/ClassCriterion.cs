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
internal sealed partial class ClassCriterion<TRow, TSum, TSums> : SplitCriterion<TRow>
    where TRow : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
    where TSums : IClassSums<TRow, TSum>
{
    private readonly int minSamplesLeaf;
    private readonly bool entropy;
    private readonly bool wholeWeights;
    private readonly bool binned;
    private readonly int[]? rowsAt;
    private readonly ClassTarget target;
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

    private ClassCriterion(Partition<TRow> rows, ClassTarget target, double[] weights)
        : base(rows)
    {
        var data = rows.Data;
        (this.target, minSamplesLeaf, entropy, wholeWeights, binned) =
            (target, data.Rules.MinSamplesLeaf, data.Rules.Criterion == Criterion.Entropy, data.Weights is null, data.Times is null);
        for (var i = 0; i < rows.Rows.Length; i++) rows.Carried[i] = TSums.Of(weights[i], target.Codes[rows.Rows[i]]);
        classes = target.Present.Length;

        here = ofFew = new(Math.Min(classes, NodeBlock.Most), 1);

        // Padded with unused classes to a multiple of the vector width.
        total = new double[(classes + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count];
        left = new double[total.Length];
        (some, others) = (new TSum[total.Length], new TSum[total.Length]);
        bins = new TSum[Math.Min(data.MostRanks, byte.MaxValue + 1) * total.Length];
        rowsAt = minSamplesLeaf > 1 ? new int[byte.MaxValue + 1] : null;
    }

    /// <summary>Grows a tree on <paramref name="rows"/> of some weights; see <see cref="TreeTarget.Grow"/>.</summary>
    public static GrownTree Grow(TreeData data, ClassTarget target, int[] rows, double[] weights, int[] outOfBag, Seed seed)
    {
        var partition = new Partition<TRow>(data, rows, TSums.Counts ? target.Present.Length : 0);
        return TreeBuilder<TRow>.Grow(
            partition, new ClassCriterion<TRow, TSum, TSums>(partition, target, weights), outOfBag, seed);
    }

    /// <summary>The number of classes from which bins per rank are slower than sorting the rows, for few rows.</summary>
    private const int ManyClasses = 16;

    public override bool Enter(int start, int count)
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

    public override Split Best(RankedColumn column, int start, int count)
    {
        if (binned && column.Bits is { } bits)
        {
            Sum(bits, start, count);
            return BestOfBins(count);
        }

        if (HasBins(column, count))
        {
            Sum(column.Bytes(count), start, count);
            return BestOfBins(count);
        }

        var (low, high) = column.Gather(Rows.Rows.AsSpan(start, count), Rows.Codes);
        return low == high ? Split.Constant : BestByOrder(start, count, low, high);
    }

    public override bool SumsRare(RankedColumn column, int count) => binned && (column.Bits is not null || HasBins(column, count));

    private bool HasBins(RankedColumn column, int count) => binned && column.HasBytes
        && (total.Length <= ManyClasses || column.Distinct.Length * total.Length <= 4 * count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe double Score(int start, int count, int last)
    {
        Array.Clear(some);
        var (leftWeight, onLeft) = (0.0, 0);
        fixed (int* code = Rows.Codes)
        fixed (TRow* carried = &Rows.Carried[start])
        fixed (TSum* sums = some)
        {
            for (var i = 0; i < count; i++)
            {
                var goesLeft = (code[i] - last - 1) >> 31;
                sums[TSums.Class(carried[i])] += TSums.Keep(carried[i], goesLeft);
                onLeft -= goesLeft;
            }
        }

        if (Rows.Limits.HasSmallSide(onLeft, Rows.Rows.AsSpan(start, count), Rows.Codes, last)) return double.NegativeInfinity;
        for (var c = 0; c < left.Length; c++) left[c] = double.CreateTruncating(some[c]);
        foreach (var mass in left) leftWeight += mass;
        return entropy ? Entropy(leftWeight) : Gini(leftWeight);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override unsafe double Score(ReadOnlySpan<double> values, double threshold, int start)
    {
        Array.Clear(some);
        var (leftWeight, onLeft) = (0.0, 0);
        fixed (double* value = values)
        fixed (TRow* carried = &Rows.Carried[start])
        fixed (TSum* sums = some)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var goesLeft = value[i] <= threshold ? -1 : 0;
                sums[TSums.Class(carried[i])] += TSums.Keep(carried[i], goesLeft);
                onLeft -= goesLeft;
            }
        }

        if (Math.Min(onLeft, values.Length - onLeft) < minSamplesLeaf) return double.NegativeInfinity;
        for (var c = 0; c < left.Length; c++) left[c] = double.CreateTruncating(some[c]);
        foreach (var mass in left) leftWeight += mass;
        return entropy ? Entropy(leftWeight) : Gini(leftWeight);
    }

    public override double Gain(double score)
    {
        var whole = 0.0;
        foreach (var mass in total) whole += entropy ? weight * TimesLog(mass / weight) : mass * mass / weight;
        return Math.Max(0, (entropy ? weight * score : score) - whole);
    }

    public override void AddOutputs(int start, int count)
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
