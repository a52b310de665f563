namespace FunctionalStack.Learners;

/// <summary>
/// The K nearest training rows vote (Fix &amp; Hodges 1951; Cover &amp; Hart 1967). Distance is on the columns as given, so
/// standardize columns of different units first. A row of weight 2 is two neighbours. Each votes with 1, or that over its
/// distance: classes get the shares of the votes, values the mean. Rows that are equally far where K is reached share what is
/// left, so the order of training rows does not matter.
/// </summary>
/// <remarks>
/// Rows of weight 0 are not kept. Fails if K is above the weight of the rows kept, and on columns that are not numeric and finite.
/// </remarks>
/// <param name="K">How many neighbours vote; from 1 to the number of training rows (to the sum of their weights).</param>
/// <param name="Weights">How much a neighbour counts.</param>
/// <param name="Metric">How far two rows are apart.</param>
/// <param name="P">Minkowski's exponent, of at least 1; other metrics have none.</param>
public sealed record KNearestNeighbors(int K = 5, NeighborWeights Weights = NeighborWeights.Uniform, Distance Metric = Distance.Euclidean, double P = 2) : ILeafLearner
{
    public string Name => "knn";

    public Capabilities Capabilities => new();

    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.AtLeast("k", K, 1),
        Ensure.Defined("weights", Weights),
        Ensure.Defined("metric", Metric),
        Ensure.That(P >= 1 && double.IsFinite(P), "p", P, "a finite number of at least 1, or take the metric chebyshev"));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Of(data, Name).Bind(rows => K > NeighborVotes.Most(rows.Weights)
        ? Outcome.Fail<IModel>(
            Name, $"k is {K}, but there are only {NeighborVotes.Most(rows.Weights)} training rows by weight", NeighborVotes.Most(rows.Weights) is var most and > 0 ? $"Give at most {most}." : $"Give weights that sum to at least {K}.")
        : Outcome.Ok<IModel>(new KNearestNeighborsModel(
            K, rows.Features.Names, EquatableArray.Own(rows.Features.Cells), rows.Target, rows.Weights, Weights, Metric, P)));
}

/// <summary>The training rows, kept to be searched.</summary>
/// <param name="K">How many neighbours vote.</param>
/// <param name="Columns">The columns that distances are taken over.</param>
/// <param name="Cells">Rows x columns, row by row.</param>
/// <param name="Target">What each row votes for.</param>
/// <param name="Weights">With what positive weight.</param>
/// <param name="NeighborWeights">Whether its distance counts too.</param>
/// <param name="Metric">How far two rows are apart.</param>
/// <param name="P">Minkowski's exponent.</param>
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
        Cells.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) >= 0 ? "a cell that is no finite number" : null,
        Consistency.Count("weights", Weights.Count, Target.Count),
        Weights.Any(weight => !(weight > 0 && double.IsFinite(weight))) ? "a weight that is not above 0" : null,
        K < 1 || K > NeighborVotes.Most(Weights) ? $"{K} neighbours of {Target.Count} rows" : null,
        Metric == Distance.Minkowski && !(P >= 1 && double.IsFinite(P)) ? $"an exponent of {P}" : null);

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
            // Over the nearest's distance first, so that no quotient is too large.
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
