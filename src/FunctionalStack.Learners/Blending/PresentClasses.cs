namespace FunctionalStack.Learners;

/// <summary>Restricts probabilities to the classes of the training rows. The others get exactly 0, and rows still sum to 1.</summary>
internal static class PresentClasses
{
    /// <summary>The prediction conditional on the class being one of <paramref name="present"/>. If all of these have probability 0, they
    /// get equal probabilities.</summary>
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
            // A row whose other classes have probability 0 is unchanged, bit for bit.
            if (!to.SequenceEqual(from)) Normalize(to, present);
        }

        return new(p.Levels, EquatableArray.Own(matrix));
    }

    /// <summary>Divides a row by its sum. If that is 0, all classes present get equal probabilities.</summary>
    public static void Normalize(Span<double> row, EquatableArray<int> present)
    {
        var sum = 0.0;
        foreach (var code in present) sum += row[code];
        foreach (var code in present) row[code] = sum > 0 ? row[code] / sum : 1.0 / present.Count;
    }
}
