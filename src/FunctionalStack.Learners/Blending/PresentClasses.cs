namespace FunctionalStack.Learners;

/// <summary>Probabilities among the classes that training rows had: the others get exactly 0, and rows still sum to 1.</summary>
internal static class PresentClasses
{
    /// <summary>The same prediction given that the class is one of <paramref name="present"/>. A row that gives them nothing gives each the same.</summary>
    public static Prediction Only(Prediction prediction, EquatableArray<int> present) =>
        prediction is Prediction.Probabilities p && present.Count < p.Levels.Count ? Only(p, present) : prediction;

    private static Prediction.Probabilities Only(Prediction.Probabilities p, EquatableArray<int> present)
    {
        var matrix = new double[p.Matrix.Count];
        for (var row = 0; row < p.Count; row++)
        {
            var from = p.Row(row);
            var to = matrix.AsSpan(row * p.Levels.Count, p.Levels.Count);
            foreach (var code in present) to[code] = from[code];
            // A row that gives the others nothing stays as it is, bit for bit.
            if (!to.SequenceEqual(from)) Normalize(to, present);
        }

        return new(p.Levels, EquatableArray.Own(matrix));
    }

    /// <summary>Divides a row by its sum; where that is 0, each class present gets the same.</summary>
    public static void Normalize(Span<double> row, EquatableArray<int> present)
    {
        var sum = 0.0;
        foreach (var code in present) sum += row[code];
        foreach (var code in present) row[code] = sum > 0 ? row[code] / sum : 1.0 / present.Count;
    }
}
