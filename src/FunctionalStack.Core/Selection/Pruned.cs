namespace FunctionalStack;

/// <summary>
/// A meta-learner that removes bases by backward elimination. In each step, the meta-learner is cross-fitted without each of
/// the remaining bases. The base whose removal gives the lowest log-loss or squared error is removed, as long as that loss
/// is at most one standard error above the lowest loss found so far. The meta-learner is then fitted on the remaining bases.
/// </summary>
/// <remarks>
/// The standard error is that of the mean row-wise difference to the best set of bases. Since bases agree on which rows are hard, it
/// is much smaller than the standard error of the loss itself. Ties remove the later base. A note lists the removed bases.
/// At least one base remains. Fails if a column holds no base's prediction, and if the learner or the plan fails.
/// </remarks>
/// <param name="Learner">The meta-learner fitted on the remaining bases.</param>
/// <param name="Plan">The folds used to compare sets of bases.</param>
public sealed record Pruned(ILearner Learner, FoldPlan Plan) : IParallelLearner
{
    /// <inheritdoc/>
    public string Name => Learner.Name;

    /// <inheritdoc/>
    public Capabilities Capabilities => Learner.Capabilities with { PredictionsOnly = true };

    Complexity ILearner.Complexity => Learner.Complexity;

    IEnumerable<Component> ISpec.Components => [new("", Learner)];

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) =>
        from bases in BaseColumns.Of(data.Frame, data.Target).At(Name)
        from full in Losses(bases, data, seed)
        let kept = Eliminate(bases, full, data, seed, work)
        let left = bases.Where(one => !kept.Contains(one)).Select(one => one.Base).ToArray()
        from model in Columns(kept).Then(Learner).FitModel(data, seed)
            .Noting(left.Length == 0
                ? default
                : [new Note(Name, $"pruned {string.Join(", ", left)}: without them, the loss is within one standard error of the lowest")])
        select model;

    private EquatableArray<BaseColumns> Eliminate(EquatableArray<BaseColumns> kept, (EquatableArray<int> Rows, double[] Losses) full,
        Dataset data, Seed seed, WorkSharing work)
    {
        var best = full.Losses;
        var weights = full.Rows.Select(row => data.Weights?[row] ?? 1).ToArray();
        while (kept.Count > 1)
        {
            var all = kept;
            var without = work.Map(all.Count, at => EquatableArray.From(all.Where((_, other) => other != all.Count - 1 - at)) is var set
                    ? (Set: set, Losses: Losses(set, data, seed).Match(found => found.Losses, _ => null!)) : default)
                .Where(one => one.Losses is not null)
                .Select(one => (one.Set, one.Losses, Mean: Difference(one.Losses, best, weights).Mean))
                .Where(one => !double.IsNaN(one.Mean)).ToArray();
            if (without.Length == 0) break;
            var (set, losses, mean) = without.MinBy(one => one.Mean);
            if (mean > Difference(losses, best, weights).StandardError) break;
            kept = set;
            if (mean < 0) best = losses;
        }

        return kept;
    }

    /// <summary>The weighted mean over rows of the difference of two losses, and the standard error of that mean.</summary>
    private static (double Mean, double StandardError) Difference(double[] losses, double[] others, double[] weights)
    {
        var differences = losses.Zip(others, (one, other) => one - other).ToArray();
        var greatest = differences.Max(Math.Abs);
        if (greatest == 0) return (0, 0);

        // In units of the greatest, so that no square overflows.
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (differences[i] / greatest);
            total += weights[i];
        }

        var (mean, squares) = (sum / total, 0.0);
        for (var i = 0; i < weights.Length; i++) squares += Math.Pow(weights[i] * (differences[i] / greatest - mean), 2);
        return (mean * greatest, Math.Sqrt(squares) / total * greatest);
    }

    /// <summary>The loss of each covered row, predicted by the learner fitted on the other folds with these bases.</summary>
    private Outcome<(EquatableArray<int> Rows, double[] Losses)> Losses(EquatableArray<BaseColumns> bases, Dataset data, Seed seed) =>
        Columns(bases).Then(Learner).CrossFit(Name, Plan.Seeded(FoldPlan.SeedOf(seed))).Fit(data, seed.Fork("prune")).Map(fitted =>
        {
            var (rows, predicted) = (fitted.OutOfFold[0].Rows, fitted.OutOfFold[0].Prediction);
            // Only differences are compared, so any unit works. This one keeps squares within double's range.
            var unit = data.Target is Target.Numeric { Values: var all } ? all.Max(Math.Abs) is var most and > 0 ? most : 1 : 1;
            double[] losses = data.Target.Take(rows) switch
            {
                Target.Classes classes =>
                    [.. Enumerable.Range(0, rows.Count)
                        .Select(i =>
                            -Math.Log(Math.Max(((Prediction.Probabilities)predicted).Row(i)[classes.Codes[i]],
                                ClassMetrics.LeastProbability)))],
                Target.Numeric values =>
                    [.. Enumerable.Range(0, rows.Count)
                        .Select(i => Math.Pow((((Prediction.Numeric)predicted).Values[i] - values.Values[i]) / unit, 2))],
                _ => throw new InvalidOperationException(),
            };
            return (rows, losses);
        }).WithoutNotes();

    private static SelectColumns Columns(EquatableArray<BaseColumns> bases) =>
        new(EquatableArray.From(bases.SelectMany(one => one.Columns)));
}
