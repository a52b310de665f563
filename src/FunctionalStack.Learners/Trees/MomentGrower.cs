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
        var ranks = data.Columns.Select(column => column.Distinct.Length).DefaultIfEmpty(0).Max();
        order = new(ranks, rows.Length);
        bins = new Vector128<double>[Math.Min(ranks, rows.Length)];
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

    /// <summary>Where ranks are fewer than rows: sums a rank, then cuts between the ranks that occur.</summary>
    private Cut BestByBins(ReadOnlySpan<int> codes, int start, int low, int high)
    {
        var carried = Carried.AsSpan(start, codes.Length);
        var sums = bins.AsSpan(0, high - low + 1);
        for (var i = 0; i < codes.Length; i++) sums[codes[i] - low] += carried[i];

        var left = sums[0];
        sums[0] = default;
        var (last, cut) = (0, Cut.None);
        for (var code = 1; code < sums.Length; code++)
        {
            var bin = sums[code];
            if (bin[0] == 0) continue;
            sums[code] = default;
            var score = Score(left);
            if (score > cut.Score) cut = new(score, low + last, low + code);
            left += bin;
            last = code;
        }

        return cut;
    }

    private Cut BestByOrder(ReadOnlySpan<int> codes, int start, int low, int high)
    {
        var carried = Carried.AsSpan(start, codes.Length);
        var ordered = order.Of(codes, low, high);
        var left = carried[ordered[0]];
        var (last, cut) = (codes[ordered[0]], Cut.None);
        for (var i = 1; i < ordered.Length; i++)
        {
            var at = ordered[i];
            var code = codes[at];
            if (code != last && i >= minSamplesLeaf && ordered.Length - i >= minSamplesLeaf)
            {
                var score = Score(left);
                if (score > cut.Score) cut = new(score, last, code);
            }

            left += carried[at];
            last = code;
        }

        return cut;
    }

    private double Score(Vector128<double> left)
    {
        var (w, s) = (left[0], left[1]);
        var difference = s * weight - sum * w;
        return difference * difference / (w * (weight - w));
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
