namespace FunctionalStack;

/// <summary>The meaning of row weights.</summary>
public enum WeightKind
{
    /// <summary>
    /// The relative importance of rows: only ratios matter. Weights are scaled to mean 1 over the rows of positive weight, so
    /// weights that sum to 1, to the number of rows or to a population give the same model.
    /// </summary>
    Importance,

    /// <summary>The number of observations of a row: a weight of 2 is the row twice.</summary>
    Frequency,
}

/// <summary>Converts row weights.</summary>
public static class RowWeights
{
    /// <summary>Converts <paramref name="given"/> to frequency weights, the unit used by all learners and transforms.</summary>
    /// <param name="given">Finite numbers of at least 0.</param>
    /// <param name="kind">Their meaning.</param>
    public static EquatableArray<double> Frequencies(EquatableArray<double> given, WeightKind kind)
    {
        var most = given.AsSpan().IsEmpty ? 0 : given.Max();
        if (kind == WeightKind.Frequency || most == 0) return given;

        // Equal weights become exactly 1 without rounding. A power of two as factor is exact.
        var positive = given.Where(weight => weight > 0).ToArray();
        if (Array.TrueForAll(positive, weight => weight == most)) return EquatableArray.From(given.Select(weight => weight > 0 ? 1.0 : 0));
        var unit = Math.ILogB(most);
        var mean = positive.Average(weight => Math.ScaleB(weight, -unit));
        return EquatableArray.From(given.Select(weight => Math.ScaleB(weight, -unit) / mean));
    }

    /// <summary>The failure of a frequency that is not whole; null if there is none.</summary>
    internal static Failure? Fraction(double weight, WeightKind kind) =>
        kind == WeightKind.Frequency && weight >= 0 && double.IsFinite(weight) && weight != Math.Floor(weight)
            ? new("", $"the weight is {weight:R}, but frequency weights are numbers of observations",
                "Give whole numbers, or importance weights (--weights-kind importance).")
            : null;

    /// <summary>
    /// A note about weights above 0 that become 0 in <see cref="Frequencies"/>, since others are more than 1e300 times as large;
    /// null if there are none.
    /// </summary>
    /// <param name="given">The weights as given by the user.</param>
    /// <param name="frequencies">The converted weights.</param>
    public static Note? Vanished(EquatableArray<double> given, EquatableArray<double> frequencies)
    {
        var rows = Enumerable.Range(0, given.Count).Where(row => given[row] > 0 && frequencies[row] == 0).ToArray();
        return rows.Length == 0 ? null : new(
            "weights",
            $"{rows.Length} {(rows.Length == 1 ? "weight above 0 is" : "weights above 0 are")} negligible compared with the largest, "
                + $"{Word.Of(given.Max())}, and treated as 0 "
                + $"(the first: {Word.Of(given[rows[0]])} in row {rows[0] + 1})");
    }
}
