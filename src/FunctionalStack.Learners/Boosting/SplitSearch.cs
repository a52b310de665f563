using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>Finds a node's best split, column by column, from its histogram. Contains scratch memory: use one per thread.</summary>
internal sealed class SplitSearch
{
    private const int Lanes = 8;
    private readonly long[] sums = new long[256 + Lanes];
    private readonly int[] codes = new int[256 + Lanes];
    private readonly double[] keys = new double[256];
    private readonly int[] order = new int[256];

    /// <summary>The values shared by all columns of a node.</summary>
    public readonly record struct Node(PackedGradients Units, SplitRules Rules, long Total, double Low, double High)
    {
        public bool Bounded { get; } = !double.IsNegativeInfinity(Low) || !double.IsPositiveInfinity(High);

        public double First { get; } = Units.FirstOf(Total);

        public double Second { get; } = Units.SecondOf(Total);

        /// <summary>The score that a split must exceed.</summary>
        public double Score => Bounded ? Rules.ScoreOf(Rules.Value(First, Second, Low, High), First, Second) : Rules.Score(First, Second);
    }

    /// <summary>The better of <paramref name="best"/> and the best split on a column. Ties (<see cref="SplitRules.Tie"/>) go to
    /// <paramref name="best"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="histogram">The column's part of its histogram.</param>
    /// <param name="column">The column's index.</param>
    /// <param name="categorical">Whether the column is categorical.</param>
    /// <param name="monotone">1 if predictions may only increase with it, -1 if they may only decrease, otherwise 0.</param>
    /// <param name="whole">The node's score.</param>
    /// <param name="best">The best split so far.</param>
    public BoostedSplit Best(in Node node, ReadOnlySpan<long> histogram, int column, bool categorical, int monotone, double whole,
        BoostedSplit best)
    {
        var missing = histogram[0];
        var count = Gather(histogram);
        if (count == 0 || (count == 1 && missing == 0)) return best;
        if (categorical) Order(node, count);

        // The last candidate separates all values from missing ones.
        var (score, at) = Scan(node, 0, count, missing == 0 ? count - 1 : count, monotone, categorical, best.Score);
        var missingLeft = false;
        if (missing != 0 && Scan(node, missing, count, count - 1, monotone, categorical, score) is (var higher, >= 0 and var place))
            (score, at, missingLeft) = (higher, place, true);
        if (at < 0) return best;
        var gain = score - whole;
        if (!(gain >= node.Rules.Gamma) || !(gain > SplitRules.Tie * Math.Abs(whole))) return best;
        var left = sums[at] + (missingLeft ? missing : 0);

        // Without missing training values, they go to the child with most rows.
        if (missing == 0) missingLeft = SplitRules.Above(node.Units.SecondOf(left)) >= node.Units.SecondOf(node.Total - left);
        if (categorical) return new(score, gain, column, 0, missingLeft, left, LevelsOf(histogram, count, at, missingLeft));
        var code = at + 1 < count ? (codes[at] + codes[at + 1] - 1) / 2 : histogram.Length - 1;
        return new(score, gain, column, code, missingLeft, left);
    }

    /// <summary>Cumulative sums over the codes that occur, without missing values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int Gather(ReadOnlySpan<long> histogram)
    {
        var (count, running) = (0, 0L);
        fixed (long* bins = histogram, into = sums)
        fixed (int* which = codes)
        {
            for (var code = 1; code < histogram.Length; code++)
            {
                var sum = bins[code];
                running += sum;
                into[count] = running;
                which[count] = code;
                count += sum != 0 ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>
    /// Sorts categories by their mean gradient. The best partition is a split in this order (Fisher 1958). As in LightGBM, light
    /// levels are shrunk to the middle.
    /// </summary>
    private void Order(in Node node, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var sum = sums[i] - (i > 0 ? sums[i - 1] : 0);
            sums[i] = sum;
            keys[i] = node.Units.FirstOf(sum) / (node.Units.SecondOf(sum) + node.Rules.Smoothing);
            order[i] = codes[i];
        }

        // Few enough for insertion sort, which keeps ties in the order of their codes.
        for (var i = 1; i < count; i++)
        {
            var (key, code, sum) = (keys[i], order[i], sums[i]);
            var j = i - 1;
            for (; j >= 0 && keys[j] > key; j--) (keys[j + 1], order[j + 1], sums[j + 1]) = (keys[j], order[j], sums[j]);
            (keys[j + 1], order[j + 1], sums[j + 1]) = (key, code, sum);
        }

        for (var i = 1; i < count; i++) sums[i] += sums[i - 1];
    }

    /// <summary>The first position with the highest score above <paramref name="least"/>, up to ties, with the given missing values on the
    /// left; -1 for none.</summary>
    private (double Score, int At) Scan(in Node node, long missing, int count, int places, int monotone, bool categorical, double least) =>
        places == 0 ? (least, -1)
        : monotone == 0 && !categorical && !node.Bounded ? ScanFreely(node, missing, count, places, least)
        : ScanCarefully(node, missing, places, monotone, categorical, least);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe (double Score, int At) ScanFreely(in Node node, long missing, int count, int places, double score)
    {
        var rules = node.Rules;
        var (byFirst, bySecond) = (Vector512.Create(1 / node.Units.First), Vector512.Create(1 / node.Units.Second));
        var (first, second) = (Vector512.Create(node.First), Vector512.Create(node.Second));
        var (lambda, alpha) = (Vector512.Create(rules.Lambda), Vector512.Create(rules.Alpha));
        var lightest = Vector512.Create(rules.Lightest);
        var (add, lower) = (Vector512.Create(missing), Vector512.Create((long)uint.MaxValue));
        var (best, bestAt) = (Vector512.Create(score), Vector512.Create(-1L));
        // Scores are at least 0 here, or negative infinity before the first, so that a factor is SplitRules.Above.
        var above = Vector512.Create(1 + SplitRules.Tie);
        var index = Vector512<long>.Indices;
        fixed (long* left = sums)
        {
            // The padding of the last vector leaves nothing on the right. The same holds for the last sum, if it is not a candidate.
            Vector512.Create(node.Total - missing).Store(left + count);
            for (var i = 0; i < places; i += Lanes)
            {
                var sum = Vector512.Load(left + i) + add;
                var g = Vector512.ConvertToDouble(Vector512.ShiftRightArithmetic(sum, 32)) * byFirst;
                var h = Vector512.ConvertToDouble(sum & lower) * bySecond;
                var (gRight, hRight) = (first - g, second - h);
                var allowed = Vector512.GreaterThanOrEqual(h, lightest) & Vector512.GreaterThanOrEqual(hRight, lightest);
                var (weight, weightRight) = (h + lambda, hRight + lambda);
                g = Vector512.Max(Vector512.Abs(g) - alpha, Vector512<double>.Zero);
                gRight = Vector512.Max(Vector512.Abs(gRight) - alpha, Vector512<double>.Zero);
                var gained = (g * g * weightRight + gRight * gRight * weight) / (weight * weightRight);
                var better = (allowed & Vector512.GreaterThan(gained, best * above)).AsInt64();
                best = Vector512.ConditionalSelect(better.AsDouble(), gained, best);
                bestAt = Vector512.ConditionalSelect(better, index, bestAt);
                index += Vector512.Create((long)Lanes);
            }
        }

        if (bestAt == Vector512.Create(-1L)) return (score, -1);
        var (highest, at) = (score, int.MaxValue);
        for (var lane = 0; lane < Lanes; lane++) highest = Math.Max(highest, best[lane]);
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (bestAt[lane] >= 0 && bestAt[lane] < at && SplitRules.Above(best[lane]) >= highest)
                (score, at) = (best[lane], (int)bestAt[lane]);
        }

        return (score, at);
    }

    private (double Score, int At) ScanCarefully(in Node node, long missing, int places, int monotone, bool categorical, double score)
    {
        var (rules, units, first, second) = (node.Rules, node.Units, node.First, node.Second);
        var extra = categorical ? rules.Smoothing : 0;
        var at = -1;
        for (var i = 0; i < places; i++)
        {
            var sum = sums[i] + missing;
            var (g, h) = (units.FirstOf(sum), units.SecondOf(sum));
            if (!rules.Allows(h, second - h)) continue;
            double gained;
            if (monotone == 0 && !node.Bounded)
            {
                gained = rules.Score(g, h, extra) + rules.Score(first - g, second - h, extra);
            }
            else
            {
                var (left, right) = (rules.Value(g, h, node.Low, node.High), rules.Value(first - g, second - h, node.Low, node.High));
                if ((right - left) * monotone < 0) continue;
                gained = rules.ScoreOf(left, g, h) + rules.ScoreOf(right, first - g, second - h);
            }

            if (gained > SplitRules.Above(score)) (score, at) = (gained, i);
        }

        return (score, at);
    }

    /// <summary>The levels left of a split. Levels absent from the node go in the direction of missing values.</summary>
    private ulong[] LevelsOf(ReadOnlySpan<long> histogram, int count, int at, bool missingLeft)
    {
        var bits = new ulong[4];
        for (var i = 0; i <= at; i++) bits[order[i] >> 6] |= 1UL << order[i];
        if (!missingLeft) return bits;
        for (var code = 1; code < histogram.Length; code++)
        {
            if (histogram[code] == 0) bits[code >> 6] |= 1UL << code;
        }

        return bits;
    }
}
