namespace FunctionalStack;

/// <summary>
/// What a numeric learner is fitted to: the rows of positive weight, complete and finite. Rows of weight 0 are left out before
/// anything is computed, so they cannot have an influence.
/// </summary>
/// <param name="Features">Their columns.</param>
/// <param name="Target">Their classes or finite values.</param>
/// <param name="Weights">A positive weight a row; 1 everywhere where the dataset has none.</param>
public sealed record TrainingRows(FeatureMatrix Features, Target Target, EquatableArray<double> Weights)
{
    public int Count => Weights.Count;

    /// <summary>The codes of the classes that these rows have, ascending; none for values.</summary>
    public EquatableArray<int> Present => Target is Target.Classes classes ? classes.Present() : default;

    /// <summary>The weight of each class, by code; none for values.</summary>
    public double[] Mass() => Target is Target.Classes classes ? classes.Mass(Weights) : [];

    /// <summary>
    /// All columns of the rows of positive weight. Fails as <see cref="Kept"/>, and on columns that are not numeric and finite.
    /// </summary>
    /// <param name="data">The rows given.</param>
    /// <param name="learner">What a failure names.</param>
    public static Outcome<TrainingRows> Of(Dataset data, string learner) =>
        from kept in Kept(data, learner)
        from features in FeatureMatrix.Of(kept.Frame)
        select new TrainingRows(features, kept.Target, WeightsOf(kept));

    /// <summary>
    /// The rows of positive weight. Fails where there are none, and where a value to predict of one of them is not finite.
    /// </summary>
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

    /// <summary>The rows of positive weight, ascending. Fails where there are none.</summary>
    public static Outcome<EquatableArray<int>> RowsOfWeight(Roles roles, string learner)
    {
        var rows = roles.Weights is { } weights && weights.AsSpan().Contains(0.0)
            ? EquatableArray.From(Enumerable.Range(0, weights.Count).Where(row => weights[row] > 0))
            : EquatableArray.Range(roles.Count);
        return rows.Count > 0
            ? Outcome.Ok(rows)
            : Outcome.Fail<EquatableArray<int>>(learner, "there are no training rows of positive weight", "Give at least one.");
    }

    /// <summary>A weight a row; 1 everywhere where the dataset has none.</summary>
    public static EquatableArray<double> WeightsOf(Dataset data) => data.Weights ?? Ones(data.RowCount);

    private static EquatableArray<double> Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return EquatableArray.Own(ones);
    }
}
