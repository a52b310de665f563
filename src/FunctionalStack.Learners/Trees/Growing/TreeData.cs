namespace FunctionalStack.Learners;

/// <summary>
/// The data shared by all trees of a fit: ranked columns, the target, weights (above 0, the largest in [1, 2); null
/// for equal weights), and the growth rules.
/// </summary>
/// <param name="Names">The names of the columns.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rare">The rows that differ from the most frequent value of a column; null if not used.</param>
/// <param name="Target">The target.</param>
/// <param name="Weights">The weights.</param>
/// <param name="Times">How often each row counts towards the minimum numbers of rows: its frequency. Null if each counts once, or if there
/// are no such minima.</param>
/// <param name="Groups">The group of each row; null if rows have no groups. A row is out-of-bag only for trees without rows of its
/// group.</param>
/// <param name="Rules">The growth rules.</param>
/// <param name="Sorted">All rows sorted by each column of many values, if nodes are not sorted; else null.</param>
/// <param name="Values">The values of each column of many values, for random splits; else null.</param>
internal sealed record TreeData(EquatableArray<string> Names, RankedColumn[] Columns, RareRows? Rare, TreeTarget Target, double[]? Weights,
    double[]? Times, EquatableArray<int>? Groups, GrowthRules Rules, ulong[]?[]? Sorted, double[]?[]? Values)
{
    public int RowCount => Target.Count;

    /// <summary>The largest number of distinct values of a column.</summary>
    public int MostRanks => Columns.Select(column => column.Distinct.Length).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Rows of weight 0 are removed, as if absent. Weights are scaled by a power of two, which
    /// changes no split and keeps products of their sums within double's range.
    /// </summary>
    public static Outcome<TreeData> Of(string learner, Dataset data, GrowthRules rules, WorkSharing work) =>
        TrainingRows.Kept(data, learner).Bind(kept => OfKept(learner, kept, rules, work));

    private static Outcome<TreeData> OfKept(string learner, Dataset data, GrowthRules rules, WorkSharing work)
    {
        var weights = data.Weights?.ToArray();
        if (weights is not null)
        {
            weights = Scaled(weights);

            // Negligible compared with the largest.
            if (weights.Any(weight => weight == 0))
            {
                var kept = EquatableArray.From(Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0));
                data = data.Take(kept);
                weights = [.. kept.Select(row => weights[row])];
            }

            if (weights.All(weight => weight == weights[0])) weights = null;
        }

        var times = rules.LimitsRows && data.Roles is { WeightKind: WeightKind.Frequency, Weights: { } frequencies }
            && frequencies.Any(times => times != 1) ? frequencies.ToArray() : null;

        return
            from columns in Outcome.All(work.Map(data.Frame.Columns.Count, column =>
                FeatureMatrix.Of(data.Frame, EquatableArray.Of(data.Frame.Names[column]))
                    .Map(one => RankedColumn.Of(one.Cells)))).At(learner)
            let ranked = ByteRanks.LaidByRow(columns.ToArray(), data.RowCount, work)
            select new TreeData(data.Frame.Names, ranked, times is null ? RareRows.Of(ranked, data.RowCount, work) : null,
                TreeTarget.Of(data.Target), weights, times, data.Roles.Groups, rules,
                times is not null || rules.RandomSplits ? null : SortedColumns.Whole(ranked, data.RowCount, rules.MaxFeatures, work),
                times is not null || !rules.RandomSplits
                    ? null : Array.ConvertAll(ranked, column => column.IsWide ? column.Values(data.RowCount) : null));
    }

    /// <summary>The same data with other weights: one number above 0 per row, none negligible compared with the largest.</summary>
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

    /// <summary>A tree on all rows.</summary>
    public GrownTree Grow(Seed seed)
    {
        var rows = new int[RowCount];
        for (var row = 0; row < rows.Length; row++) rows[row] = row;
        return Target.Grow(this, rows, Weights ?? [.. Enumerable.Repeat(1.0, rows.Length)], [], seed);
    }

    /// <summary>
    /// A tree on a bootstrap sample. A row drawn twice has twice the weight.
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

        if (Groups is { } groups)
        {
            var seen = rows.Select(row => groups[row]).ToHashSet();
            outOfBag = Array.FindAll(outOfBag, row => !seen.Contains(groups[row]));
        }

        return Target.Grow(this, rows, weights, outOfBag, seed);
    }
}

/// <summary>A tree, the impurity reduction of each column (summing to 1, or all 0), and the leaf of each out-of-bag row.</summary>
internal sealed record GrownTree(Tree Tree, double[] Importances, int[] OutOfBagRows, int[] OutOfBagLeaves);
