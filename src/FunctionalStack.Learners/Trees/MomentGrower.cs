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
        return leaves.Pure(Rows.Slice(start, count), weight, sum);
    }

    protected override Cut Best(ReadOnlySpan<int> codes, int start, int low, int high) =>
        minSamplesLeaf == 1 && high - low < codes.Length ? BestByBins(codes, start, low, high) : BestByOrder(codes, start, low, high);

    protected override double Gain(double score) => score / weight;

    protected override void AddOutputs(int start, int count) => leaves.Add(Outputs, Rows.Slice(start, count), weight, sum);

    /// <summary>
    /// Where ranks are fewer than rows: sums a rank, then cuts between the ranks that occur. Each rank has two bins that
    /// take turns, since adding to the bin just written waits for that write.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Cut BestByBins(ReadOnlySpan<int> codes, int start, int low, int high)
    {
        var (last, cut) = (0, Cut.None);
        fixed (int* code = codes)
        fixed (Vector128<double>* carried = &Carried[start], sums = bins)
        {
            var i = 0;
            for (; i < codes.Length - 1; i += 2)
            {
                sums[2 * (code[i] - low)] += carried[i];
                sums[2 * (code[i + 1] - low) + 1] += carried[i + 1];
            }

            if (i < codes.Length) sums[2 * (code[i] - low)] += carried[i];

            var left = sums[0] + sums[1];
            sums[0] = sums[1] = default;
            for (var rank = 1; rank <= high - low; rank++)
            {
                var bin = sums[2 * rank] + sums[2 * rank + 1];
                if (bin.ToScalar() == 0) continue;
                sums[2 * rank] = sums[2 * rank + 1] = default;
                var score = Score(left);
                if (score > cut.Score) cut = new(score, low + last, low + rank);
                left += bin;
                last = rank;
            }
        }

        return cut;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Cut BestByOrder(ReadOnlySpan<int> codes, int start, int low, int high)
    {
        var ordered = order.Of(codes, low, high);
        var (first, end) = (minSamplesLeaf, ordered.Length - minSamplesLeaf);
        fixed (int* code = codes, sorted = ordered)
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
