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
    double P = 2) : IModel, IConsistent, IRowwiseModel
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

    RowFunction? IRowwiseModel.ForRow(Frame columns) => NeighborsOfRow.For(columns, this);

    /// <summary>The number of results per row.</summary>
    internal int Width => Target is Target.Classes classes ? classes.Levels.Count : 1;

    private Prediction Predict(FeatureMatrix queries)
    {
        var results = Results(queries.Cells, queries.RowCount);
        return Target is Target.Classes classes
            ? new Prediction.Probabilities(classes.Levels, EquatableArray.Own(results))
            : new Prediction.Numeric(EquatableArray.Own(results));
    }

    /// <summary>The results of some rows, rows x <see cref="Width"/>.</summary>
    /// <param name="queries">queryCount x columns, row-major, finite.</param>
    /// <param name="queryCount">The number of rows.</param>
    internal double[] Results(ReadOnlySpan<double> queries, int queryCount)
    {
        var nearest = NeighborVotes.Of(Metric, P, Cells, Weights, queries, queryCount, Columns.Count, K);
        var results = new double[queryCount * Width];
        var first = 0;
        for (var i = 0; i < queryCount; i++)
        {
            var count = nearest.Ends[i] - first;
            Vote(nearest.Rows.AsSpan(first, count), nearest.Distances.AsSpan(first, count), nearest.Weights.AsSpan(first, count),
                results.AsSpan(i * Width, Width));
            first += count;
        }

        return results;
    }

    /// <summary>The weighted class shares or the weighted mean of the neighbours of one row.</summary>
    /// <param name="rows">The neighbours, nearest first; at least one.</param>
    /// <param name="distances">Their distances, in any unit.</param>
    /// <param name="votes">Their weights. Overwritten.</param>
    /// <param name="result">One cell per class, or one.</param>
    internal void Vote(ReadOnlySpan<int> rows, ReadOnlySpan<double> distances, Span<double> votes, Span<double> result)
    {
        if (NeighborWeights == NeighborWeights.Distance)
        {
            // Divided by the nearest distance first, so that no quotient overflows.
            var least = distances[0];
            for (var at = 0; at < votes.Length; at++) votes[at] *= least == 0 ? (distances[at] == 0 ? 1 : 0) : least / distances[at];
        }

        if (Target is Target.Classes classes) Shares(classes, rows, votes, result);
        else result[0] = Mean(((Target.Numeric)Target).Values, rows, votes);
    }

    private static void Shares(Target.Classes classes, ReadOnlySpan<int> rows, ReadOnlySpan<double> votes, Span<double> shares)
    {
        shares.Clear();
        var total = 0.0;
        for (var at = 0; at < rows.Length; at++)
        {
            shares[classes.Codes[rows[at]]] += votes[at];
            total += votes[at];
        }

        foreach (ref var share in shares) share /= total;
    }

    private static double Mean(EquatableArray<double> values, ReadOnlySpan<int> rows, ReadOnlySpan<double> votes)
    {
        var (sum, total) = (0.0, 0.0);
        for (var at = 0; at < rows.Length; at++)
        {
            sum += votes[at] * values[rows[at]];
            total += votes[at];
        }

        if (double.IsFinite(sum / total)) return sum / total;

        // Near the end of double's range: shares first, which sum to 1.
        var mean = 0.0;
        for (var at = 0; at < rows.Length; at++) mean += votes[at] / total * values[rows[at]];
        return mean;
    }
}
