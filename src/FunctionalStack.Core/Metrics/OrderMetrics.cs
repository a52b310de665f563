namespace FunctionalStack;

/// <summary>
/// Metrics of classes with an order. The rank of a class is its place among the prediction's classes, in the order of the target's levels.
/// Rows of a class that the prediction does not know are left out. Each row has its weight, or 1 without weights. If no row is left, every
/// score is NaN.
/// </summary>
public static class OrderMetrics
{
    /// <summary>
    /// Cohen's kappa with quadratic weights (Cohen 1968): 1 minus the mean squared difference of the ranks of the predicted and the actual
    /// class, divided by its expectation if both were independent with the same shares of classes. 1 for no error, 0 for a prediction that
    /// ignores the row; higher is better. NaN if every row has one class, predicted and actual.
    /// </summary>
    public static double QuadraticKappa(Target.Classes truth, Prediction.Probabilities prediction,
        EquatableArray<double>? weights = null)
    {
        var cells = Ranks(truth, prediction, weights);
        var count = cells.GetLength(0);
        double all = 0, found = 0, expected = 0;
        var (actual, predicted) = (new double[count], new double[count]);
        foreach (var (i, j) in Pairs(count))
        {
            all += cells[i, j];
            actual[i] += cells[i, j];
            predicted[j] += cells[i, j];
            found += cells[i, j] * (i - j) * (i - j);
        }

        foreach (var (i, j) in Pairs(count)) expected += actual[i] * predicted[j] * (i - j) * (i - j);
        return expected == 0 ? double.NaN : 1 - found / (expected / all);
    }

    /// <summary>The mean absolute difference of the ranks of the predicted and the actual class. At least 0; lower is better.</summary>
    public static double RankMae(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights = null)
    {
        var cells = Ranks(truth, prediction, weights);
        double all = 0, found = 0;
        foreach (var (i, j) in Pairs(cells.GetLength(0)))
        {
            all += cells[i, j];
            found += cells[i, j] * Math.Abs(i - j);
        }

        return found / all;
    }

    private static IEnumerable<(int, int)> Pairs(int count) =>
        Enumerable.Range(0, count).SelectMany(i => Enumerable.Range(0, count).Select(j => (i, j)));

    // The summed weight of the rows by the rank of the actual and of the predicted class.
    private static double[,] Ranks(Target.Classes truth, Prediction.Probabilities prediction, EquatableArray<double>? weights)
    {
        var confusion = ClassMetrics.Confusion(truth, prediction, weights);
        var own = prediction.Levels.ToHashSet(StringComparer.Ordinal);
        var codes = Enumerable.Range(0, confusion.Levels.Count).Where(code => own.Contains(confusion.Levels[code])).ToArray();
        var cells = new double[codes.Length, codes.Length];
        foreach (var (i, j) in Pairs(codes.Length)) cells[i, j] = confusion[codes[i], codes[j]];
        return cells;
    }
}
