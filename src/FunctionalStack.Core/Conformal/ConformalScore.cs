namespace FunctionalStack;

/// <summary>Conformity scores: how far a target is from a prediction.</summary>
internal static class ConformalScore
{
    /// <summary>The score of each row: for numeric targets the error with its sign, actual minus predicted, divided by its scale if there
    /// is one, for classes <see cref="OfClass"/>. Positive infinity if the prediction is not a number.</summary>
    public static double[] Of(Prediction prediction, Target target, double[]? scale) => (prediction, target) switch
    {
        (Prediction.Numeric numeric, Target.Numeric actual) =>
            [.. Enumerable.Range(0, actual.Count).Select(row =>
                Known((actual.Values[row] - numeric.Values[row]) / (scale?[row] ?? 1)))],
        (Prediction.Probabilities classes, Target.Classes actual) when classes.For(actual.Levels) is var known =>
            [.. Enumerable.Range(0, actual.Count).Select(row => OfClass(known.Row(row), actual.Codes[row]))],
        _ => throw new InvalidOperationException("the prediction and the target are of different kinds"),
    };

    /// <summary>1 minus the probability of the class. Positive infinity if it is not a number.</summary>
    public static double OfClass(ReadOnlySpan<double> probabilities, int code) => Known(1 - probabilities[code]);

    /// <summary>The predicted scales of rows. Fails if one is not a positive, finite number.</summary>
    public static Outcome<double[]> Scales(Prediction prediction)
    {
        var scales = ((Prediction.Numeric)prediction).Values.ToArray();
        var wrong = Array.FindIndex(scales, scale => !(scale > 0) || double.IsInfinity(scale));
        return wrong < 0 ? Outcome.Ok(scales) : Outcome.Fail<double[]>("scale",
            FormattableString.Invariant($"the predicted scale of row {wrong + 1} is {scales[wrong]}"),
            "Give a learner of which every prediction is positive and finite, such as an error forest.");
    }

    /// <summary>The number, or positive infinity for NaN.</summary>
    public static double Known(double number) => double.IsNaN(number) ? double.PositiveInfinity : number;
}
