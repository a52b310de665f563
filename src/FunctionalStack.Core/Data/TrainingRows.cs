namespace FunctionalStack;

/// <summary>
/// The training data of a numeric learner: the rows of positive weight, complete and finite. Rows of weight 0 are removed
/// before any computation, so they have no influence.
/// </summary>
/// <param name="Features">The feature matrix.</param>
/// <param name="Target">Classes, or finite numbers.</param>
/// <param name="Weights">One positive weight per row; 1 everywhere if the dataset has none.</param>
public sealed record TrainingRows(FeatureMatrix Features, Target Target, EquatableArray<double> Weights)
{
    /// <summary>The number of rows.</summary>
    public int Count => Weights.Count;

    /// <summary>The codes of the classes that occur in these rows, ascending; empty for regression.</summary>
    public EquatableArray<int> Present => Target is Target.Classes classes ? classes.Present() : default;

    /// <summary>The summed weight of each class, by code; empty for regression.</summary>
    public double[] Mass() => Target is Target.Classes classes ? classes.Mass(Weights) : [];

    /// <summary>
    /// All columns of the rows of positive weight. Fails like <see cref="Kept"/>, and if a column is not numeric and finite.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="learner">The name in failures.</param>
    public static Outcome<TrainingRows> Of(Dataset data, string learner) =>
        from kept in Kept(data, learner)
        from features in FeatureMatrix.Of(kept.Frame)
        select new TrainingRows(features, kept.Target, WeightsOf(kept));

    /// <summary>
    /// The rows of positive weight. Fails if there are none, or if a numeric target of one of them is not finite.
    /// </summary>
    /// <param name="data">The rows.</param>
    /// <param name="learner">The name in failures.</param>
    public static Outcome<Dataset> Kept(Dataset data, string learner) => RowsOfWeight(data.Roles, learner).Bind(rows =>
    {
        if (data.Target is Target.Numeric { Values: var numbers })
        {
            foreach (var row in rows.AsSpan())
            {
                if (!double.IsFinite(numbers[row]))
                {
                    return Outcome.Fail<Dataset>($"target, row {row + 1}", $"the value is {numbers[row]}", "Give finite numbers.");
                }
            }
        }

        return Outcome.Ok(rows.Count < data.RowCount ? data.Take(rows) : data);
    });

    /// <summary>The rows of positive weight, ascending. Fails if there are none.</summary>
    public static Outcome<EquatableArray<int>> RowsOfWeight(Roles roles, string learner)
    {
        var rows = roles.Weights is { } weights && weights.AsSpan().Contains(0.0)
            ? EquatableArray.From(Enumerable.Range(0, weights.Count).Where(row => weights[row] > 0))
            : EquatableArray.Range(roles.Count);
        return rows.Count > 0
            ? Outcome.Ok(rows)
            : new Outcome<EquatableArray<int>>.Fail(None(learner));
    }

    internal static Failure None(string learner) => new(learner, "there are no training rows of positive weight", "Give at least one.");

    /// <summary>One weight per row; 1 everywhere if the dataset has none.</summary>
    public static EquatableArray<double> WeightsOf(Dataset data) => data.Weights ?? Ones(data.RowCount);

    private static EquatableArray<double> Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return EquatableArray.Own(ones);
    }
}
