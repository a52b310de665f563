using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows trees by squared error, from two sums: of weights and of weighted targets. It serves values, and two classes by
/// Gini, since with targets 0 and 1 the Gini impurity is twice the mean squared error.
/// </summary>
/// <remarks>
/// A row carries (weight, weight * target). With W, S a node's sums and w, s those of its left part, the squared error
/// that a cut takes away is d^2 / (w (W - w) W), d = s W - S w. Unlike the textbook's difference of squares it
/// doesn't cancel where the means on both sides are close.
/// </remarks>
internal sealed class MomentGrower : TreeGrower<Vector128<double>>
{
    private readonly int minSamplesLeaf;
    private readonly Leaves leaves;
    private readonly RankOrder order;
    private readonly Vector128<double>[] bins;
    private double weight;
    private double sum;

    public MomentGrower(TreeData data, int[] rows, double[] weights, int[] outside, Seed seed, Func<int, double> target, Leaves leaves)
        : base(data, rows, outside, seed)
    {
        (this.leaves, minSamplesLeaf) = (leaves, data.Rules.MinSamplesLeaf);
        for (var i = 0; i < rows.Length; i++) Carried[i] = Vector128.Create(weights[i], weights[i] * target(rows[i]));
        order = new(MostRanks, rows.Length);
        bins = new Vector128<double>[2 * Math.Min(MostRanks, rows.Length)];
    }

    protected override bool Enter(int start, int count)
    {
        var total = Vector128<double>.Zero;
        foreach (var row in Carried.AsSpan(start, count)) total += row;
        (weight, sum) = (total[0], total[1]);
        return leaves.Pure(Rows.AsSpan(start, count), weight, sum);
    }

    protected override Cut Best(RankedColumn column, int start, int count)
    {
        var ranks = column.Distinct.Length;
        if (minSamplesLeaf == 1 && ranks <= count && column.Bytes is { } bytes)
        {
            Sum(bytes, start, count);
            return BestOfBins(0, ranks - 1);
        }

        var (low, high) = column.Gather(Rows.AsSpan(start, count), Codes);
        if (low == high) return Cut.Constant;
        if (minSamplesLeaf > 1 || high - low >= count) return BestByOrder(start, count, low, high);
        Sum(start, count, low);
        return BestOfBins(low, high);
    }

    protected override double Gain(double score) => score / weight;

    protected override void AddOutputs(int start, int count) => leaves.Add(Outputs, Rows.AsSpan(start, count), weight, sum);

    /// <summary>
    /// Sums what rows carry by rank, straight from the column. Each rank has two bins that take turns, since adding to
    /// the bin just written waits for that write.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(byte[] column, int start, int count)
    {
        fixed (byte* code = column)
        fixed (int* row = &Rows[start])
        fixed (Vector128<double>* carried = &Carried[start], sums = bins)
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                sums[2 * code[row[i]]] += carried[i];
                sums[2 * code[row[i + 1]] + 1] += carried[i + 1];
            }

            if (i < count) sums[2 * code[row[i]]] += carried[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Sum(int start, int count, int low)
    {
        fixed (int* code = Codes)
        fixed (Vector128<double>* carried = &Carried[start], sums = bins)
        {
            var i = 0;
            for (; i < count - 1; i += 2)
            {
                sums[2 * (code[i] - low)] += carried[i];
                sums[2 * (code[i + 1] - low) + 1] += carried[i + 1];
            }

            if (i < count) sums[2 * (code[i] - low)] += carried[i];
        }
    }

    /// <summary>Scores the cuts between the ranks that occur, and leaves the bins empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Cut BestOfBins(int low, int high)
    {
        var (last, cut, left) = (-1, Cut.Constant, Vector128<double>.Zero);
        var best = double.NegativeInfinity;
        fixed (Vector128<double>* sums = bins)
        {
            for (var rank = 0; rank <= high - low; rank++)
            {
                var bin = sums[2 * rank] + sums[2 * rank + 1];
                if (bin.ToScalar() == 0) continue;
                sums[2 * rank] = sums[2 * rank + 1] = default;
                if (last >= 0)
                {
                    var score = Score(left);
                    if (score > best || cut.IsConstant) (best, cut) = (score, new(score, low + last, low + rank));
                }

                left += bin;
                last = rank;
            }
        }

        return cut;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Cut BestByOrder(int start, int count, int low, int high)
    {
        var ordered = order.Of(Codes.AsSpan(0, count), low, high);
        var (first, end) = (minSamplesLeaf, count - minSamplesLeaf);
        fixed (int* code = Codes, sorted = ordered)
        fixed (Vector128<double>* carried = &Carried[start])
        {
            var left = carried[sorted[0]];
            var (last, cut) = (code[sorted[0]], Cut.None);
            for (var i = 1; i <= end; i++)
            {
                var at = sorted[i];
                var next = code[at];
                if (next != last && i >= first)
                {
                    var score = Score(left);
                    if (score > cut.Score) cut = new(score, last, next);
                }

                left += carried[at];
                last = next;
            }

            return cut;
        }
    }

    /// <summary>Of no use is a cut whose right side weighs nothing beside the left.</summary>
    private double Score(Vector128<double> left)
    {
        var (w, s) = (left.ToScalar(), left[1]);
        var (difference, rest) = (s * weight - sum * w, weight - w);
        return rest > 0 ? difference * difference / (w * rest) : double.NegativeInfinity;
    }
}

/// <summary>What a node of a <see cref="MomentGrower"/> says as a leaf, and whether all its rows have one target.</summary>
internal abstract class Leaves
{
    public abstract bool Pure(ReadOnlySpan<int> rows, double weight, double sum);

    public abstract void Add(List<double> outputs, ReadOnlySpan<int> rows, double weight, double sum);
}

internal sealed class TwoClassLeaves(ClassTarget target) : Leaves
{
    public override bool Pure(ReadOnlySpan<int> rows, double weight, double sum) => sum == 0 || sum == weight;

    public override void Add(List<double> outputs, ReadOnlySpan<int> rows, double weight, double sum)
    {
        var at = outputs.Count;
        for (var level = 0; level < target.Outputs; level++) outputs.Add(0);
        outputs[at + target.Present[0]] = (weight - sum) / weight;
        outputs[at + target.Present[1]] = sum / weight;
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

    public override void Add(List<double> outputs, ReadOnlySpan<int> rows, double weight, double sum) =>
        outputs.Add(Pure(rows, weight, sum) ? target.Numbers[rows[0]] : target.Unscale(sum / weight));
}
