namespace FunctionalStack.Learners;

/// <summary>
/// K-nearest neighbours (Fix &amp; Hodges 1951; Cover &amp; Hart 1967). Distances depend on the columns' units, so
/// standardize first. A row of weight 2 is two neighbours. Each neighbour is weighted by 1 or by its inverse
/// distance. Predicts the weighted class shares, or the weighted mean. Rows at equal distance where K is reached share the
/// remaining weight, so the order of training rows does not matter.
/// </summary>
/// <remarks>
/// Rows of weight 0 are not stored. Fails if K exceeds the summed weight of the training rows, or if a column is not numeric and finite.
/// </remarks>
/// <param name="K">The number of neighbours; from 1 to the summed weight of the training rows (their number without weights).</param>
/// <param name="Weights">The weights of neighbours.</param>
/// <param name="Metric">The distance.</param>
/// <param name="P">The exponent of the Minkowski distance, at least 1; ignored by other distances.</param>
public sealed record KNearestNeighbors(int K = 5, NeighborWeights Weights = NeighborWeights.Uniform, Distance Metric = Distance.Euclidean,
    double P = 2) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "knn";

    /// <inheritdoc/>
    public Capabilities Capabilities => new();

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.AtLeast("k", K, 1),
        Ensure.Defined("weights", Weights),
        Ensure.Defined("metric", Metric),
        Ensure.That(P >= 1 && double.IsFinite(P), "p", P, "a finite number of at least 1, or use the metric chebyshev"));

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Of(data, Name).Bind(rows => K > NeighborVotes.Most(rows.Weights)
        ? Outcome.Fail<IModel>(
            Name, $"k is {K}, but there are only {NeighborVotes.Most(rows.Weights)} training rows by weight",
                NeighborVotes.Most(rows.Weights) is var most and > 0 ? $"Give at most {most}." : $"Give weights that sum to at least {K}.")
        : Outcome.Ok<IModel>(new KNearestNeighborsModel(
            K, rows.Features.Names, EquatableArray.Own(rows.Features.Cells), rows.Target, rows.Weights, Weights, Metric, P)));
}

/// <summary>The stored training rows.</summary>
/// <param name="K">The number of neighbours.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Cells">Rows x columns, row-major.</param>
/// <param name="Target">The target of each row.</param>
/// <param name="Weights">The positive weight of each row.</param>
/// <param name="NeighborWeights">The weights of neighbours.</param>
/// <param name="Metric">The distance.</param>
/// <param name="P">The exponent of the Minkowski distance.</param>
public sealed record KNearestNeighborsModel(
    int K,
    EquatableArray<string> Columns,
    EquatableArray<double> Cells,
    Target Target,
    EquatableArray<double> Weights,
    [FormerName("Votes")] NeighborWeights NeighborWeights = NeighborWeights.Uniform,
    Distance Metric = Distance.Euclidean,
    double P = 2) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("cells", Cells.Count, (long)Target.Count * Columns.Count),
        Cells.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) >= 0 ? "a cell that is not a finite number" : null,
        Consistency.Count("weights", Weights.Count, Target.Count),
        Weights.Any(weight => !(weight > 0 && double.IsFinite(weight))) ? "a weight that is not above 0" : null,
        K < 1 || K > NeighborVotes.Most(Weights) ? $"{K} neighbours of {Target.Count} rows" : null,
        Metric == Distance.Minkowski && !(P >= 1 && double.IsFinite(P)) ? $"an exponent of {P}" : null);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private Prediction Predict(FeatureMatrix queries)
    {
        var nearest = NeighborVotes.Of(Metric, P, Cells, Weights, queries.Cells, queries.RowCount, Columns.Count, K);
        if (NeighborWeights == NeighborWeights.Distance) WeighByDistance(nearest);
        return Target switch
        {
            Target.Classes classes => Shares(classes, nearest),
            Target.Numeric values => Means(values, nearest),
            _ => throw new InvalidOperationException(),
        };
    }

    private static void WeighByDistance(NeighborVotes nearest)
    {
        var first = 0;
        foreach (var end in nearest.Ends)
        {
            // Divided by the nearest distance first, so that no quotient overflows.
            var least = nearest.Distances[first];
            for (var at = first; at < end; at++)
            {
                var own = nearest.Distances[at];
                nearest.Weights[at] *= least == 0 ? (own == 0 ? 1 : 0) : least / own;
            }

            first = end;
        }
    }

    private static Prediction.Probabilities Shares(Target.Classes classes, NeighborVotes nearest)
    {
        var levels = classes.Levels.Count;
        var shares = new double[nearest.Ends.Length * levels];
        var at = 0;
        for (var i = 0; i < nearest.Ends.Length; i++)
        {
            var share = shares.AsSpan(i * levels, levels);
            var total = 0.0;
            for (; at < nearest.Ends[i]; at++)
            {
                share[classes.Codes[nearest.Rows[at]]] += nearest.Weights[at];
                total += nearest.Weights[at];
            }

            foreach (ref var one in share) one /= total;
        }

        return new(classes.Levels, EquatableArray.Own(shares));
    }

    private static Prediction.Numeric Means(Target.Numeric values, NeighborVotes nearest)
    {
        var means = new double[nearest.Ends.Length];
        var at = 0;
        for (var i = 0; i < means.Length; i++)
        {
            var (first, sum, total) = (at, 0.0, 0.0);
            for (; at < nearest.Ends[i]; at++)
            {
                sum += nearest.Weights[at] * values.Values[nearest.Rows[at]];
                total += nearest.Weights[at];
            }

            means[i] = sum / total;
            if (double.IsFinite(means[i])) continue;

            // Near the end of double's range: shares first, which sum to 1.
            means[i] = 0;
            for (var own = first; own < at; own++) means[i] += nearest.Weights[own] / total * values.Values[nearest.Rows[own]];
        }

        return new(EquatableArray.Own(means));
    }
}
