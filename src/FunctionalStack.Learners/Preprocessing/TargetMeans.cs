namespace FunctionalStack.Preprocessing;

/// <summary>A target as numbers (class indicators, or the numeric target), and their smoothed means by level.</summary>
internal sealed class TargetMeans
{
    private readonly Target target;
    private readonly double[]? weights;
    private readonly double smoothing;
    private readonly int first;

    private TargetMeans(Target target, double[]? weights, double smoothing) =>
        (this.target, this.weights, this.smoothing, first) =
            (target, weights, smoothing, target is Target.Classes { Levels.Count: 2 } ? 1 : 0);

    public static TargetMeans Of(Target target, double[]? weights, double smoothing) => new(target, weights, smoothing);

    /// <summary>The number of new columns per column.</summary>
    public int Width => target is Target.Classes classes ? classes.Levels.Count - first : 1;

    public string NameOf(int output, string column) =>
        target is Target.Classes classes ? $"{column}:target({classes.Levels[first + output]})" : $"{column}:target";

    /// <summary>
    /// For each output the means over <paramref name="rows"/>: one per level, then that of missing values (codes below 0), and
    /// last the overall mean, which is used for unseen levels. Fails if the rows have no weight.
    /// </summary>
    public Outcome<double[][]> Of(EquatableArray<int> rows, int[] codes, int levels)
    {
        var mass = new double[levels + 2];
        var sums = new double[Width][];
        for (var output = 0; output < sums.Length; output++) sums[output] = new double[levels + 2];
        foreach (var row in rows.AsSpan())
        {
            var weight = weights is null ? 1 : weights[row];
            var place = codes[row] < 0 ? levels : codes[row];
            mass[place] += weight;
            mass[^1] += weight;
            switch (target)
            {
                case Target.Classes classes when classes.Codes[row] >= first:
                    sums[classes.Codes[row] - first][place] += weight;
                    sums[classes.Codes[row] - first][^1] += weight;
                    break;
                case Target.Numeric values:
                    sums[0][place] += weight * values.Values[row];
                    sums[0][^1] += weight * values.Values[row];
                    break;
            }
        }

        if (mass[^1] == 0)
            return Outcome.Fail<double[][]>("", "the training rows of the fold have no weight",
                "Give at least one of them a weight above 0, or use other folds.");
        foreach (var sum in sums)
        {
            var prior = sum[^1] / mass[^1];
            for (var place = 0; place <= levels; place++)
            {
                var evidence = mass[place] + smoothing;
                sum[place] = mass[place] > 0 ? (sum[place] + smoothing * prior) / evidence : prior;
            }

            sum[^1] = prior;
        }

        return Outcome.Ok(sums);
    }
}
