namespace FunctionalStack;

/// <summary>Regression metrics. Each row has its weight, or 1 without weights. If no row has positive weight, every score is NaN.</summary>
public static class ValueMetrics
{
    /// <summary>The root mean squared error, in the target's unit. At least 0; lower is better.</summary>
    public static double Rmse(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null) =>
        MeanSquare.Of(Errors(truth, prediction), weights).Root;

    /// <summary>The mean absolute error, in the target's unit. At least 0; lower is better.</summary>
    public static double Mae(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null) =>
        Mean(Array.ConvertAll(Errors(truth, prediction), Math.Abs), weights);

    /// <summary>The coefficient of determination: 1 minus the squared error divided by the variance. At most 1; higher is better. 0 for
    /// predicting the mean; NaN for a constant target.</summary>
    public static double R2(Target.Numeric truth, Prediction.Numeric prediction, EquatableArray<double>? weights = null)
    {
        var errors = MeanSquare.Of(Errors(truth, prediction), weights);
        var mean = Mean(truth.Values.AsSpan(), weights);
        var spread = MeanSquare.Of(Array.ConvertAll(truth.Values.ToArray(), y => y - mean), weights);
        return spread.Scaled == 0 ? double.NaN : 1 - errors.Over(spread);
    }

    private static double[] Errors(Target.Numeric truth, Prediction.Numeric prediction)
    {
        if (prediction.Count != truth.Count)
            throw new ArgumentException($"{prediction.Count} predictions for {truth.Count} rows", nameof(prediction));
        var errors = new double[truth.Count];
        for (var i = 0; i < errors.Length; i++) errors[i] = truth.Values[i] - prediction.Values[i];
        return errors;
    }

    private static double Mean(ReadOnlySpan<double> numbers, EquatableArray<double>? weights)
    {
        double sum = 0, all = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            var weight = weights?[i] ?? 1;
            sum += weight * numbers[i];
            all += weight;
        }

        return sum / all;
    }
}
