namespace FunctionalStack.Reporting.Curves;

/// <summary>How alike the predictions of several models are.</summary>
internal static class Agreement
{
    /// <summary>Pearson's correlation; NaN if one side is constant.</summary>
    public static double Correlation(EquatableArray<double> a, EquatableArray<double> b)
    {
        var count = a.Count;
        double meanA = a.AsSpan().ToArray().DefaultIfEmpty().Average(), meanB = b.AsSpan().ToArray().DefaultIfEmpty().Average();
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (ab, aa, bb) = (ab + x * y, aa + x * x, bb + y * y);
        }

        return aa > 0 && bb > 0 ? Math.Clamp(ab / Math.Sqrt(aa * bb), -1, 1) : double.NaN;
    }

    /// <summary>The correlation of two models' predictions on the rows that both predict: of the predicted values, of the probabilities of
    /// the second of two classes, or the mean over more classes of the correlations of their probabilities.</summary>
    public static double Of(OutOfFold a, OutOfFold b)
    {
        var common = a.Rows == b.Rows ? a.Rows.ToArray() : [.. a.Rows.Intersect(b.Rows).Order()];
        var (left, right) = (Taken(a, common), Taken(b, common));
        if (left is not Prediction.Probabilities classes) return Correlation(left.Values, right.Values);
        var levels = classes.Levels;
        var other = ((Prediction.Probabilities)right).For(levels);
        return Enumerable.Range(0, levels.Count).Skip(levels.Count == 2 ? 1 : 0)
            .Select(level => Correlation(Column(classes, level), Column(other, level)))
            .Where(found => !double.IsNaN(found)).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>The probabilities of a class.</summary>
    public static EquatableArray<double> Column(Prediction.Probabilities prediction, int level)
    {
        var column = new double[prediction.Count];
        for (var row = 0; row < column.Length; row++) column[row] = prediction.Row(row)[level];
        return EquatableArray.Own(column);
    }

    private static Prediction Taken(OutOfFold part, int[] rows)
    {
        if (rows.Length == part.Rows.Count) return part.Prediction;
        var place = part.Rows.Index().ToDictionary(one => one.Item, one => one.Index);
        return part.Prediction.Take(EquatableArray.From(rows.Select(row => place[row])));
    }
}
