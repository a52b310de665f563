namespace FunctionalStack;

/// <summary>What the weights of rows mean.</summary>
public enum WeightKind
{
    /// <summary>
    /// How much rows count beside each other: only ratios matter. Weights are brought to mean 1 over the rows that weigh
    /// anything, so that those that sum to 1, to the number of rows or to a population are alike.
    /// </summary>
    Importance,

    /// <summary>How often rows were seen: a weight of 2 is the row twice.</summary>
    Frequency,
}

/// <summary>Weights as users give them.</summary>
public static class RowWeights
{
    /// <summary>What <paramref name="given"/> comes to in frequencies, which is what every learner and transform goes by.</summary>
    /// <param name="given">Finite numbers of at least 0.</param>
    /// <param name="kind">What they mean.</param>
    public static EquatableArray<double> Frequencies(EquatableArray<double> given, WeightKind kind)
    {
        var most = given.AsSpan().IsEmpty ? 0 : given.Max();
        if (kind == WeightKind.Frequency || most == 0) return given;

        // Equal ones are exactly 1, and none without rounding; a power of two as factor changes no bit.
        var positive = given.Where(weight => weight > 0).ToArray();
        if (Array.TrueForAll(positive, weight => weight == most)) return EquatableArray.From(given.Select(weight => weight > 0 ? 1.0 : 0));
        var unit = Math.ILogB(most);
        var mean = positive.Average(weight => Math.ScaleB(weight, -unit));
        return EquatableArray.From(given.Select(weight => Math.ScaleB(weight, -unit) / mean));
    }

    /// <summary>
    /// A note of weights above 0 that come to 0 in <see cref="Frequencies"/>, since others are more than 1e300 times as large;
    /// null where there are none.
    /// </summary>
    /// <param name="given">As users give them.</param>
    /// <param name="frequencies">What they came to.</param>
    public static Note? Vanished(EquatableArray<double> given, EquatableArray<double> frequencies)
    {
        var rows = Enumerable.Range(0, given.Count).Where(row => given[row] > 0 && frequencies[row] == 0).ToArray();
        return rows.Length == 0 ? null : new(
            "weights",
            $"{rows.Length} above 0 are too small beside the largest, {Word.Of(given.Max())}, to count, and are taken for 0 "
                + $"(the first: {Word.Of(given[rows[0]])} in row {rows[0] + 1})");
    }
}
