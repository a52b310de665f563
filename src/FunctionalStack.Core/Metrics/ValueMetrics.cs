namespace FunctionalStack;

/// <summary>Regression metrics. Each row has its weight, or 1 without weights. If no row has positive weight, every score is NaN.</summary>
public static class ValueMetrics
{
    /// <summary>The root mean squared error, in the target's unit. At least 0; lower is better.</summary>
    public static double Rmse(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null) =>
        Math.Sqrt(Mean(truth, prediction, weights, (y, predicted) => (y - predicted) * (y - predicted)));

    /// <summary>The mean absolute error, in the target's unit. At least 0; lower is better.</summary>
    public static double Mae(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null) =>
        Mean(truth, prediction, weights, (y, predicted) => Math.Abs(y - predicted));

    /// <summary>The coefficient of determination: 1 minus the squared error divided by the variance. At most 1; higher is better. 0 for
    /// predicting the mean; NaN for a constant target.</summary>
    public static double R2(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null)
    {
        var mean = Mean(truth, prediction, weights, (y, _) => y);
        var spread = Mean(truth, prediction, weights, (y, _) => (y - mean) * (y - mean));
        return spread == 0
            ? double.NaN : 1 - Mean(truth, prediction, weights, (y, predicted) => (y - predicted) * (y - predicted)) / spread;
    }

    private static double Mean(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights,
        Func<double, double, double> of)
    {
        if (prediction.Count != truth.Count)
            throw new ArgumentException($"{prediction.Count} predictions for {truth.Count} rows", nameof(prediction));
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
