namespace FunctionalStack;

/// <summary>Scores in ascending order with the weights of their rows.</summary>
/// <param name="Values">Ascending numbers.</param>
/// <param name="Cumulative">The summed weight of the scores up to and including each; empty if every row has weight 1.</param>
internal readonly record struct SortedScores(EquatableArray<double> Values, EquatableArray<double> Cumulative)
{
    /// <summary>The number of scores.</summary>
    public int Count => Values.Count;

    /// <summary>The weight of all scores.</summary>
    public double Total => Below(Count);

    /// <summary>The scores of these rows. Rows of weight 0 are ignored.</summary>
    public static SortedScores Of(EquatableArray<int> rows, Func<int, double> score, EquatableArray<double>? weights)
    {
        var sorted = rows.Where(row => weights is null || weights.Value[row] > 0)
            .Select(row => (Score: score(row), Weight: weights?[row] ?? 1)).OrderBy(one => one.Score).ToArray();
        var values = EquatableArray.From(sorted.Select(one => one.Score));
        if (Array.TrueForAll(sorted, one => one.Weight == 1)) return new(values, default);
        var sum = 0.0;
        return new(values, EquatableArray.From(sorted.Select(one => Math.Min(sum += one.Weight, double.MaxValue))));
    }

    /// <summary>What does not fit together; null if nothing.</summary>
    /// <param name="name">The name of the scores.</param>
    /// <param name="least">The least score that is possible.</param>
    public string? Inconsistency(string name, double least) => Consistency.First(
        Cumulative.Count == 0 ? null : Consistency.Count("weights", Cumulative.Count, Values.Count),
        Ascending(Values, least, double.PositiveInfinity) ? null : $"{name} that are not in order",
        Ascending(Cumulative, double.Epsilon, double.MaxValue) ? null : "cumulative weights that are not in order");

    /// <summary>The weight of the first <paramref name="count"/> scores.</summary>
    public double Below(int count) => count == 0 ? 0 : Cumulative.Count == 0 ? count : Cumulative[count - 1];

    /// <summary>The number of scores that, times <paramref name="scale"/> and added to <paramref name="shift"/>, are below
    /// <paramref name="value"/>, or at most that if <paramref name="inclusive"/>.</summary>
    public int CountBelow(double shift, double scale, double value, bool inclusive)
    {
        var (from, to) = (0, Count);
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
    public double Shifted(double shift, double scale, int index) => ConformalScore.Known(shift + scale * Values[index]);

    /// <summary>The least of all shifted scores of several lists at and below which the scores weigh <paramref name="need"/>; positive
    /// infinity if all weigh less.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="shifts">One per list.</param>
    /// <param name="scales">One per list.</param>
    /// <param name="need">The weight.</param>
    public static double Quantile(ReadOnlySpan<SortedScores> lists, double[] shifts, double[] scales, double need)
    {
        var least = double.PositiveInfinity;
        for (var k = 0; k < lists.Length; k++)
        {
            var (from, to) = (0, lists[k].Count);
            while (from < to)
            {
                var middle = from + (to - from) / 2;
                if (UpTo(lists, shifts, scales, lists[k].Shifted(shifts[k], scales[k], middle)) >= need) to = middle;
                else from = middle + 1;
            }

            if (from < lists[k].Count) least = Math.Min(least, lists[k].Shifted(shifts[k], scales[k], from));
        }

        return least;
    }

    private static double UpTo(ReadOnlySpan<SortedScores> lists, double[] shifts, double[] scales, double value)
    {
        var sum = 0.0;
        for (var k = 0; k < lists.Length; k++) sum += lists[k].Below(lists[k].CountBelow(shifts[k], scales[k], value, inclusive: true));
        return sum;
    }

    private static bool Ascending(EquatableArray<double> numbers, double least, double most)
    {
        for (var i = 0; i < numbers.Count; i++)
        {
            if (!(numbers[i] >= (i == 0 ? least : numbers[i - 1])) || numbers[i] > most) return false;
        }

        return true;
    }
}
