namespace FunctionalStack.Learners;

/// <summary>
/// The K nearest training rows vote (Fix &amp; Hodges 1951; Cover &amp; Hart 1967). Distance is Euclidean on the columns as given, so
/// standardize columns of different units first. Each neighbour votes with its sample weight: classes get the weighted
/// shares of the votes, values the weighted mean. Of rows equally far, the one that stands earlier in the training data is nearer.
/// </summary>
/// <remarks>
/// Rows of weight 0 are not kept, so the votes of a prediction always have a positive sum. Fails if K is below 1 or above
/// the number of rows kept, and on columns that are not numeric and finite.
/// </remarks>
/// <param name="K">How many neighbours vote; from 1 to the number of training rows of positive weight.</param>
public sealed record KNearestNeighbors(int K = 5) : ILearner
{
    public string Name => "knn";

    public Outcome<IModel> Fit(Dataset data, Seed seed) => K < 1
        ? Outcome.Fail<IModel>(Name, $"k is {K}", "Give a k of at least 1.")
        : TrainingRows.Of(data, Name).Bind(rows => K > rows.Count
            ? Outcome.Fail<IModel>(Name, $"{K} neighbours were asked for, but there are only {rows.Count} training rows", $"Ask for at most {rows.Count}.")
            : Outcome.Ok<IModel>(new KNearestNeighborsModel(K, rows.Features.Names, Values.Own(rows.Features.Cells), rows.Target, Values.Own(rows.Weights))));
}

/// <summary>The training rows, kept to be searched.</summary>
/// <param name="K">How many neighbours vote.</param>
/// <param name="Columns">The columns that distances are taken over.</param>
/// <param name="Cells">Rows x columns, row by row.</param>
/// <param name="Target">What each row votes for.</param>
/// <param name="Weights">With what positive weight.</param>
public sealed record KNearestNeighborsModel(int K, Values<string> Columns, Values<double> Cells, Target Target, Values<double> Weights) : IModel
{
    public Prediction Predict(Frame rows)
    {
        var queries = FeatureMatrix.ForPredict(rows, Columns);
        var nearest = NearestRows.Find(Cells.AsSpan(), Target.Count, queries.Cells, queries.RowCount, Columns.Count, K);
        return Target switch
        {
            Target.Classes classes => Shares(classes, nearest, queries.RowCount),
            Target.Values values => Means(values, nearest, queries.RowCount),
            _ => throw new InvalidOperationException(),
        };
    }

    private Prediction.Probabilities Shares(Target.Classes classes, int[] nearest, int count)
    {
        var levels = classes.Levels.Count;
        var shares = new double[count * levels];
        for (var i = 0; i < count; i++)
        {
            var share = shares.AsSpan(i * levels, levels);
            var total = 0.0;
            foreach (var row in nearest.AsSpan(i * K, K))
            {
                share[classes.Codes[row]] += Weights[row];
                total += Weights[row];
            }

            foreach (ref var one in share) one /= total;
        }

        return new(classes.Levels, Values.Own(shares));
    }

    private Prediction.Estimates Means(Target.Values values, int[] nearest, int count)
    {
        var means = new double[count];
        for (var i = 0; i < count; i++)
        {
            var (sum, total) = (0.0, 0.0);
            foreach (var row in nearest.AsSpan(i * K, K))
            {
                sum += Weights[row] * values.Numbers[row];
                total += Weights[row];
            }

            means[i] = sum / total;
        }

        return new(Values.Own(means));
    }
}
