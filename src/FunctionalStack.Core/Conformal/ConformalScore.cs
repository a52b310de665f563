namespace FunctionalStack;

/// <summary>Conformity scores: how far a target is from a prediction.</summary>
internal static class ConformalScore
{
    /// <summary>The score of each row: for numeric targets the absolute error, for classes <see cref="OfClass"/>. Positive infinity if the
    /// prediction is not a number.</summary>
    public static double[] Of(Prediction prediction, Target target) => (prediction, target) switch
    {
        (Prediction.Numeric numeric, Target.Numeric actual) =>
            [.. Enumerable.Range(0, actual.Count).Select(row => Known(Math.Abs(actual.Values[row] - numeric.Values[row])))],
        (Prediction.Probabilities classes, Target.Classes actual) when classes.For(actual.Levels) is var known =>
            [.. Enumerable.Range(0, actual.Count).Select(row => OfClass(known.Row(row), actual.Codes[row]))],
        _ => throw new InvalidOperationException("the prediction and the target are of different kinds"),
    };

    /// <summary>
    /// The total probability of the classes that are more probable than this one. It is 0 for the most probable class, so that no set
    /// is empty.
    /// </summary>
    // Sums in one order, so that of two classes the less probable one never has the lower score.
    public static double OfClass(ReadOnlySpan<double> probabilities, int code)
    {
        var sum = 0.0;
        foreach (var p in probabilities)
        {
            if (double.IsNaN(p)) return double.PositiveInfinity;
            if (p > probabilities[code]) sum += p;
        }

        return sum;
    }

    /// <summary>The number, or positive infinity for NaN.</summary>
    public static double Known(double number) => double.IsNaN(number) ? double.PositiveInfinity : number;
}
