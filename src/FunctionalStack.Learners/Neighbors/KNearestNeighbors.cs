namespace FunctionalStack.Learners;

/// <summary>
/// The K nearest training rows vote (Fix &amp; Hodges 1951; Cover &amp; Hart 1967). Distance is on the columns as given, so
/// standardize columns of different units first. Each neighbour votes with its sample weight, or that over its distance:
/// classes get the weighted shares of the votes, values the weighted mean. Of rows equally far, the one that stands earlier in
/// the training data is nearer.
/// </summary>
/// <remarks>
/// Rows of weight 0 are not kept, so the votes of a prediction always have a positive sum. Fails if K is above the
/// number of rows kept, and on columns that are not numeric and finite.
/// </remarks>
/// <param name="K">How many neighbours vote; from 1 to the number of training rows of positive weight.</param>
/// <param name="Weights">How much a neighbour counts.</param>
/// <param name="Metric">How far two rows are apart.</param>
/// <param name="P">Minkowski's exponent, of at least 1; other metrics have none.</param>
public sealed record KNearestNeighbors(int K = 5, Votes Weights = Votes.Uniform, Distance Metric = Distance.Euclidean, double P = 2) : ILeafLearner
{
    public string Name => "knn";

    public Capabilities Capabilities => new();

    public Values<Failure> Validate() => Ensure.All(
        Name,
        Ensure.AtLeast("k", K, 1),
        Ensure.Defined("weights", Weights),
        Ensure.Defined("metric", Metric),
        Ensure.That(P >= 1 && double.IsFinite(P), "p", P, "a finite number of at least 1, or take the metric chebyshev"));

    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => TrainingRows.Of(data, Name).Bind(rows => K > rows.Count
        ? Outcome.Fail<IModel>(
            Name, $"k is {K}, but there are only {rows.Count} training rows of positive weight", $"Give at most {rows.Count}.")
        : Outcome.Ok<IModel>(new KNearestNeighborsModel(
            K, rows.Features.Names, Values.Own(rows.Features.Cells), rows.Target, rows.Weights, Weights, Metric, P)));
}

/// <summary>The training rows, kept to be searched.</summary>
/// <param name="K">How many neighbours vote.</param>
/// <param name="Columns">The columns that distances are taken over.</param>
/// <param name="Cells">Rows x columns, row by row.</param>
/// <param name="Target">What each row votes for.</param>
/// <param name="Weights">With what positive weight.</param>
/// <param name="Votes">Whether its distance counts too.</param>
/// <param name="Metric">How far two rows are apart.</param>
/// <param name="P">Minkowski's exponent.</param>
public sealed record KNearestNeighborsModel(
    int K,
    Values<string> Columns,
    Values<double> Cells,
    Target Target,
    Values<double> Weights,
    Votes Votes = Votes.Uniform,
    Distance Metric = Distance.Euclidean,
    double P = 2) : IModel
{
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns).Map(Predict);

    private Prediction Predict(FeatureMatrix queries)
    {
        var nearest = Neighbors.Find(Metric, P, Cells.AsSpan(), Target.Count, queries.Cells, queries.RowCount, Columns.Count, K);
        var votes = VotesOf(nearest);
        return Target switch
        {
            Target.Classes classes => Shares(classes, nearest.Rows, votes, queries.RowCount),
            Target.Values values => Means(values, nearest.Rows, votes, queries.RowCount),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>How much each neighbour counts: its weight, or that times the least distance over its own.</summary>
    private double[] VotesOf(Neighbors nearest)
    {
        var votes = Array.ConvertAll(nearest.Rows, row => Weights[row]);
        if (Votes == Votes.Uniform) return votes;
        for (var at = 0; at < votes.Length; at++)
        {
            // Over the nearest's distance first, so that no quotient is too large. Where even that is beyond a double, all are as far.
            var (least, own) = (nearest.Distances[at / K * K], nearest.Distances[at]);
            if (least == 0) votes[at] *= own == 0 ? 1 : 0;
            else if (double.IsFinite(least)) votes[at] *= least / own;
        }

        return votes;
    }

    private Prediction.Probabilities Shares(Target.Classes classes, int[] nearest, double[] votes, int count)
    {
        var levels = classes.Levels.Count;
        var shares = new double[count * levels];
        for (var i = 0; i < count; i++)
        {
            var share = shares.AsSpan(i * levels, levels);
            var total = 0.0;
            for (var at = i * K; at < (i + 1) * K; at++)
            {
                share[classes.Codes[nearest[at]]] += votes[at];
                total += votes[at];
            }

            foreach (ref var one in share) one /= total;
        }

        return new(classes.Levels, Values.Own(shares));
    }

    private Prediction.Estimates Means(Target.Values values, int[] nearest, double[] votes, int count)
    {
        var means = new double[count];
        for (var i = 0; i < count; i++)
        {
            var (sum, total) = (0.0, 0.0);
            for (var at = i * K; at < (i + 1) * K; at++)
            {
                sum += votes[at] * values.Numbers[nearest[at]];
                total += votes[at];
            }

            means[i] = sum / total;
        }

        return new(Values.Own(means));
    }
}
