namespace FunctionalStack;

/// <summary>What a numeric learner is fitted to: the rows of positive weight, complete and finite.</summary>
/// <param name="Features">Their columns.</param>
/// <param name="Target">Their classes or finite values.</param>
/// <param name="Weights">A positive weight a row; 1 everywhere where the dataset has none.</param>
internal sealed record TrainingRows(FeatureMatrix Features, Target Target, double[] Weights)
{
    public int Count => Weights.Length;

    public static Outcome<TrainingRows> Of(Dataset data, string learner) =>
        from kept in OfWeight(data, learner)
        from features in FeatureMatrix.Of(kept.Frame)
        select new TrainingRows(features, kept.Target, WeightsOf(kept));

    /// <summary>The rows of positive weight, their targets finite. Rows of weight 0 are left out before anything is computed, so they cannot have an influence.</summary>
    public static Outcome<Dataset> OfWeight(Dataset data, string learner)
    {
        if (data.Weights is { } given && given.AsSpan().Contains(0.0))
        {
            data = data.Take(Values.From(Enumerable.Range(0, given.Count).Where(row => given[row] > 0)));
        }

        if (data.RowCount == 0) return Outcome.Fail<Dataset>(learner, "there are no training rows of positive weight", "Give at least one.");
        if (data.Target is Target.Values values)
        {
            for (var row = 0; row < values.Count; row++)
            {
                if (!double.IsFinite(values.Numbers[row])) return Outcome.Fail<Dataset>($"target, row {row + 1}", $"the value is {values.Numbers[row]}", "Give finite numbers.");
            }
        }

        return Outcome.Ok(data);
    }

    /// <summary>A weight a row; 1 everywhere where the dataset has none.</summary>
    public static double[] WeightsOf(Dataset data) => data.Weights?.ToArray() ?? Ones(data.RowCount);

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
