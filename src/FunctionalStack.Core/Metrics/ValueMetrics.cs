namespace FunctionalStack;

/// <summary>Scores of estimates against true values; each row counts by its weight (1 where none are given); where no row has weight, every score is NaN.</summary>
public static class ValueMetrics
{
    /// <summary>The root of the mean squared error, in the target's unit. Lower is better.</summary>
    public static double Rmse(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null) =>
        Math.Sqrt(Mean(truth, prediction, weights, (y, estimate) => (y - estimate) * (y - estimate)));

    /// <summary>The mean absolute error, in the target's unit. Lower is better.</summary>
    public static double Mae(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null) =>
        Mean(truth, prediction, weights, (y, estimate) => Math.Abs(y - estimate));

    /// <summary>1 less the squared error's share of the variance. At most 1, higher is better; 0 for always saying the mean; NaN for a constant truth.</summary>
    public static double R2(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null)
    {
        var mean = Mean(truth, prediction, weights, (y, _) => y);
        var spread = Mean(truth, prediction, weights, (y, _) => (y - mean) * (y - mean));
        return spread == 0 ? double.NaN : 1 - Mean(truth, prediction, weights, (y, estimate) => (y - estimate) * (y - estimate)) / spread;
    }

    private static double Mean(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights, Func<double, double, double> of)
    {
        if (prediction.Count != truth.Count) throw new ArgumentException($"{prediction.Count} predictions for {truth.Count} rows", nameof(prediction));
        double sum = 0, all = 0;
        for (var i = 0; i < truth.Count; i++)
        {
            var weight = weights?[i] ?? 1;
            sum += weight * of(truth.Values[i], prediction.Values[i]);
            all += weight;
        }

        return sum / all;
    }
}
