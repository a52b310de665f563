namespace FunctionalStack.Learners;

/// <summary>
/// What all trees of a fit read: ranked columns, what is to be predicted, weights (above 0, the largest in [1, 2); null
/// where all are equal), and when to split.
/// </summary>
internal sealed record TreeData(EquatableArray<string> Names, RankedColumn[] Columns, RareRows? Rare, TreeTarget Target, double[]? Weights, GrowthRules Rules)
{
    public int RowCount => Target.Count;

    /// <summary>
    /// Rows of no weight are left out, as if they had never been given. Weights are scaled by a power of two, which
    /// changes no split and keeps products of their sums inside double's range.
    /// </summary>
    public static Outcome<TreeData> Of(string learner, Dataset data, GrowthRules rules) =>
        TrainingRows.Kept(data, learner).Bind(kept => OfKept(learner, kept, rules));

    private static Outcome<TreeData> OfKept(string learner, Dataset data, GrowthRules rules)
    {
        var weights = data.Weights?.ToArray();
        if (weights is not null)
        {
            weights = Scaled(weights);

            // Too small to count beside the largest.
            if (weights.Any(weight => weight == 0))
            {
                var kept = EquatableArray.From(Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0));
                data = data.Take(kept);
                weights = [.. kept.Select(row => weights[row])];
            }

            if (weights.All(weight => weight == weights[0])) weights = null;
        }

        return
            from columns in Outcome.All(data.Frame.Names.Select(name => FeatureMatrix.Of(data.Frame, EquatableArray.Of(name)).Map(column => RankedColumn.Of(column.Cells)))).At(learner)
            let ranked = ByteRanks.LaidByRow(columns.ToArray(), data.RowCount)
            select new TreeData(data.Frame.Names, ranked, RareRows.Of(ranked, data.RowCount), TreeTarget.Of(data.Target), weights, rules);
    }

    /// <summary>The same with other weights, a number above 0 a row, none too small to count beside the largest.</summary>
    public TreeData Reweighted(double[] weights)
    {
        var scaled = Scaled(weights);
        return this with { Weights = scaled.All(weight => weight == scaled[0]) ? null : scaled };
    }

    private static double[] Scaled(double[] weights)
    {
        var exponent = -Math.ILogB(weights.Max());
        return Array.ConvertAll(weights, weight => Math.ScaleB(weight, exponent));
    }

    /// <summary>A tree on every row.</summary>
    public GrownTree Grow(Seed seed)
    {
        var rows = new int[RowCount];
        for (var row = 0; row < rows.Length; row++) rows[row] = row;
        return Target.Grow(this, rows, Weights ?? [.. Enumerable.Repeat(1.0, rows.Length)], [], seed);
    }

    /// <summary>
    /// A tree on as many rows as there are, drawn with replacement: a row drawn twice counts twice.
    /// </summary>
    public GrownTree GrowOnBootstrap(Seed seed)
    {
        var times = new int[RowCount];
        var stream = seed.Fork("bootstrap").Stream();
        for (var i = 0; i < times.Length; i++) times[stream.Next(times.Length)]++;
        var drawn = times.Count(t => t > 0);
        var (rows, weights, outOfBag) = (new int[drawn], new double[drawn], new int[times.Length - drawn]);
        for (var (row, inside) = (0, 0); row < times.Length; row++)
        {
            if (times[row] == 0)
            {
                outOfBag[row - inside] = row;
                continue;
            }

            (rows[inside], weights[inside]) = (row, times[row] * (Weights?[row] ?? 1));
            inside++;
        }

        return Target.Grow(this, rows, weights, outOfBag, seed);
    }
}

/// <summary>A tree, how much each column's splits made purer (summing to 1, or all 0), and which leaf each outside row falls into.</summary>
internal sealed record GrownTree(Tree Tree, double[] Importances, int[] OutsideRows, int[] OutOfBagLeaves);
