namespace FunctionalStack;

/// <summary>The rows that a classifier predicts worst.</summary>
internal static class Mistakes
{
    /// <summary>The rows with a wrong class, those with the lowest predicted probability of the actual class first.</summary>
    /// <param name="actual">The actual classes.</param>
    /// <param name="predicted">The predictions, with the levels of <paramref name="actual"/>.</param>
    /// <param name="most">The largest number of rows.</param>
    public static EquatableArray<int> Worst(Target.Classes actual, Prediction.Probabilities predicted, int most)
    {
        var codes = predicted.Codes();
        return EquatableArray.From(Enumerable.Range(0, predicted.Count).Where(row => codes[row] != actual.Codes[row])
            .OrderBy(row => predicted.Row(row)[actual.Codes[row]]).Take(most));
    }
}
