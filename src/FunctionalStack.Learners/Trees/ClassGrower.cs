namespace FunctionalStack.Learners;

/// <summary>What a row of a <see cref="ClassGrower"/> carries.</summary>
internal readonly record struct ClassWeight(double Weight, int Class);

/// <summary>
/// Grows trees over any number of classes, from the weight of each class left of a cut.
/// </summary>
/// <remarks>
/// Of a node's impurity times its weight only the part that depends on the cut is scored: by Gini the sum over both
/// sides of (sum of squared class weights) / weight, by entropy that of (sum of c log c) - w log w.
/// </remarks>
internal sealed class ClassGrower : TreeGrower<ClassWeight>
{
    private readonly int minSamplesLeaf;
    private readonly bool entropy;
    private readonly ClassTarget target;
    private readonly RankOrder order;
    private readonly double[] total;
    private readonly double[] left;
    private readonly double[] bins;
    private double weight;

    public ClassGrower(TreeData data, ClassTarget target, int[] rows, double[] weights, int[] outside, Seed seed)
        : base(data, rows, outside, seed)
    {
        (this.target, minSamplesLeaf, entropy) = (target, data.Rules.MinSamplesLeaf, data.Rules.Criterion == Criterion.Entropy);
        for (var i = 0; i < rows.Length; i++) Carried[i] = new(weights[i], target.Codes[rows[i]]);
        var ranks = data.Columns.Select(column => column.Distinct.Length).DefaultIfEmpty(0).Max();
        order = new(ranks, rows.Length);
        total = new double[target.Present.Length];
        left = new double[total.Length];
        bins = new double[Math.Min(ranks * total.Length, rows.Length)];
    }

    protected override bool Enter(int start, int count)
    {
        Array.Clear(total);
        foreach (var row in Carried.AsSpan(start, count)) total[row.Class] += row.Weight;
        weight = 0;
        var present = 0;
        foreach (var mass in total)
        {
            weight += mass;
            if (mass > 0) present++;
        }

        return present == 1;
    }

    protected override Cut Best(ReadOnlySpan<int> codes, int start, int low, int high) =>
        minSamplesLeaf == 1 && (high - low + 1) * (long)total.Length <= codes.Length ? BestByBins(codes, start, low, high) : BestByOrder(codes, start, low, high);

    protected override double Gain(double score) => Math.Max(0, score - Score(total, weight));

    protected override void AddOutputs(int start, int count)
    {
        var at = Outputs.Count;
        for (var level = 0; level < target.Outputs; level++) Outputs.Add(0);
        for (var c = 0; c < total.Length; c++) Outputs[at + target.Present[c]] = total[c] / weight;
    }

    /// <summary>Where ranks times classes are fewer than rows: sums a rank and class, then cuts between the ranks that occur.</summary>
    private Cut BestByBins(ReadOnlySpan<int> codes, int start, int low, int high)
    {
        var carried = Carried.AsSpan(start, codes.Length);
        var classes = total.Length;
        for (var i = 0; i < codes.Length; i++) bins[(codes[i] - low) * classes + carried[i].Class] += carried[i].Weight;

        Array.Clear(left);
        var (last, cut, leftWeight) = (-1, Cut.None, 0.0);
        for (var code = 0; code <= high - low; code++)
        {
            var bin = bins.AsSpan(code * classes, classes);
            var mass = 0.0;
            foreach (var part in bin) mass += part;
            if (mass == 0) continue;
            if (last >= 0)
            {
                var score = entropy ? EntropyScore(leftWeight) : GiniScore(leftWeight);
                if (score > cut.Score) cut = new(score, low + last, low + code);
            }

            for (var c = 0; c < classes; c++) left[c] += bin[c];
            bin.Clear();
            leftWeight += mass;
            last = code;
        }

        return cut;
    }

    private Cut BestByOrder(ReadOnlySpan<int> codes, int start, int low, int high)
    {
        var carried = Carried.AsSpan(start, codes.Length);
        var ordered = order.Of(codes, low, high);
        Array.Clear(left);
        var (last, cut, leftWeight) = (codes[ordered[0]], Cut.None, 0.0);
        for (var i = 0; i < ordered.Length; i++)
        {
            var at = ordered[i];
            var code = codes[at];
            if (code != last && i >= minSamplesLeaf && ordered.Length - i >= minSamplesLeaf)
            {
                var score = entropy ? EntropyScore(leftWeight) : GiniScore(leftWeight);
                if (score > cut.Score) cut = new(score, last, code);
            }

            left[carried[at].Class] += carried[at].Weight;
            leftWeight += carried[at].Weight;
            last = code;
        }

        return cut;
    }

    private double GiniScore(double leftWeight)
    {
        var (onLeft, onRight) = (0.0, 0.0);
        for (var c = 0; c < left.Length; c++)
        {
            var (l, r) = (left[c], total[c] - left[c]);
            onLeft += l * l;
            onRight += r * r;
        }

        return onLeft / leftWeight + onRight / (weight - leftWeight);
    }

    private double EntropyScore(double leftWeight)
    {
        var score = -TimesLog(leftWeight) - TimesLog(weight - leftWeight);
        for (var c = 0; c < left.Length; c++) score += TimesLog(left[c]) + TimesLog(total[c] - left[c]);
        return score;
    }

    private double Score(double[] masses, double all)
    {
        var score = entropy ? -TimesLog(all) : 0;
        foreach (var mass in masses) score += entropy ? TimesLog(mass) : mass * mass / all;
        return score;
    }

    private static double TimesLog(double x) => x > 0 ? x * Math.Log(x) : 0;
}
