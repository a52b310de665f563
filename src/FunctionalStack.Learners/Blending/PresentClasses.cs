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
        p.Matrix.AsSpan().CopyTo(matrix);
        for (var row = 0; row < p.Count; row++) Only(matrix.AsSpan(row * p.Levels.Count, p.Levels.Count), present);
        return new(p.Levels, EquatableArray.Own(matrix));
    }

    /// <inheritdoc cref="Only(Prediction, EquatableArray{int})"/>
    /// <remarks>A row whose other classes have probability 0 is unchanged, bit for bit.</remarks>
    /// <param name="row">The probabilities of a row, ascending by code like <paramref name="present"/>.</param>
    /// <param name="present">The codes of the classes.</param>
    public static void Only(Span<double> row, EquatableArray<int> present)
    {
        if (present.Count == row.Length) return;
        var (changed, next) = (false, 0);
        for (var code = 0; code < row.Length; code++)
        {
            if (next < present.Count && present[next] == code)
            {
                next++;
                continue;
            }

            changed |= row[code] != 0;
            row[code] = 0;
        }

        if (changed) Normalize(row, present);
    }

    /// <summary>Divides a row by its sum. If that is 0, all classes present get equal probabilities.</summary>
    public static void Normalize(Span<double> row, EquatableArray<int> present)
    {
        var sum = 0.0;
        foreach (var code in present) sum += row[code];
        foreach (var code in present) row[code] = sum > 0 ? row[code] / sum : 1.0 / present.Count;
    }
}
