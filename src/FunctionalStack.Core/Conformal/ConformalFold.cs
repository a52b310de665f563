namespace FunctionalStack;

/// <summary>A fold model and the scores of the rows that it was not fitted on.</summary>
/// <param name="Model">The model.</param>
/// <param name="Scores">Ascending numbers of at least 0: absolute errors, divided by their scale if there is one, or scores of
/// classes.</param>
/// <param name="Cumulative">The summed weight of the scores up to and including each; empty if every row has weight 1.</param>
/// <param name="Scale">The model of how large errors are, fitted on the same rows; null if errors are not scaled.</param>
public sealed record ConformalFold(
    IModel Model, EquatableArray<double> Scores, EquatableArray<double> Cumulative = default, IModel? Scale = null) : IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Cumulative.Count == 0 ? null : Consistency.Count("weights", Cumulative.Count, Scores.Count),
        Ascending(Scores, 0, double.PositiveInfinity) ? null : "scores that are not in order",
        Ascending(Cumulative, double.Epsilon, double.MaxValue) ? null : "cumulative weights that are not in order");

    /// <summary>The weight of all scores.</summary>
    internal double Total => Below(Scores.Count);

    /// <summary>A fold of these rows. Rows of weight 0 are ignored.</summary>
    internal static ConformalFold Of(IModel model, EquatableArray<int> rows, Func<int, double> score, EquatableArray<double>? weights)
    {
        var sorted = rows.Where(row => weights is null || weights.Value[row] > 0)
            .Select(row => (Score: score(row), Weight: weights?[row] ?? 1)).OrderBy(one => one.Score).ToArray();
        if (Array.TrueForAll(sorted, one => one.Weight == 1)) return new(model, EquatableArray.From(sorted.Select(one => one.Score)));
        var sum = 0.0;
        return new(model, EquatableArray.From(sorted.Select(one => one.Score)),
            EquatableArray.From(sorted.Select(one => Math.Min(sum += one.Weight, double.MaxValue))));
    }

    /// <summary>The weight of the first <paramref name="count"/> scores.</summary>
    internal double Below(int count) => count == 0 ? 0 : Cumulative.Count == 0 ? count : Cumulative[count - 1];

    /// <summary>The number of scores that, times <paramref name="scale"/> and added to <paramref name="shift"/>, are below
    /// <paramref name="value"/>, or at most that if <paramref name="inclusive"/>.</summary>
    internal int CountBelow(double shift, double scale, double value, bool inclusive)
    {
        var (from, to) = (0, Scores.Count);
        while (from < to)
        {
            var middle = from + (to - from) / 2;
            var shifted = Shifted(shift, scale, middle);
            if (shifted < value || (inclusive && shifted == value)) from = middle + 1;
            else to = middle;
        }

        return from;
    }

    /// <summary>A score times <paramref name="scale"/>, added to <paramref name="shift"/>.</summary>
    internal double Shifted(double shift, double scale, int index) => ConformalScore.Known(shift + scale * Scores[index]);

    private static bool Ascending(EquatableArray<double> numbers, double least, double most)
    {
        for (var i = 0; i < numbers.Count; i++)
        {
            if (!(numbers[i] >= (i == 0 ? least : numbers[i - 1])) || numbers[i] > most) return false;
        }

        return true;
    }
}
