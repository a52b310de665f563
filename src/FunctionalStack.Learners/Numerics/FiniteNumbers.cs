namespace FunctionalStack.Learners;

/// <summary>Predicted numbers of models whose sums can overflow.</summary>
internal static class FiniteNumbers
{
    /// <summary>The prediction of these numbers. Fails if one is not finite, with its row.</summary>
    public static Outcome<Prediction> Predicted(double[] numbers) =>
        Array.FindIndex(numbers, number => !double.IsFinite(number)) is var row and >= 0
            ? Outcome.Fail<Prediction>($"row {row + 1}", "the prediction overflows a double",
                "Give values nearer to those of the training rows.")
            : Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.Own(numbers)));
}
