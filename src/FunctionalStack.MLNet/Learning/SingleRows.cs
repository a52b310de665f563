namespace FunctionalStack.MLNet;

/// <summary>Rows in single precision, as trainers of ML.NET read them.</summary>
internal static class SingleRows
{
    public const string Features = "Features";

    public const string Label = "Label";

    public const string Weight = "Weight";

    /// <summary>The cells of a matrix. Fails if one is too large for single precision.</summary>
    public static Outcome<float[]> Cells(FeatureMatrix matrix)
    {
        var cells = Array.ConvertAll(matrix.Cells, number => (float)number);
        var bad = Array.FindIndex(cells, number => !float.IsFinite(number));
        return bad < 0 ? Outcome.Ok(cells) : Outcome.Fail<float[]>(
            $"column '{matrix.Names[bad % matrix.ColumnCount]}', row {bad / matrix.ColumnCount + 1}",
            $"{Word(matrix.Cells[bad])} is too large for ML.NET, which computes in single precision", "Scale the column.");
    }

    /// <summary>The same for one number a row.</summary>
    public static Outcome<float[]> Values(string where, EquatableArray<double> values)
    {
        var singles = Array.ConvertAll(values.ToArray(), number => (float)number);
        var bad = Array.FindIndex(singles, number => !float.IsFinite(number));
        return bad < 0 ? Outcome.Ok(singles) : Outcome.Fail<float[]>(
            $"{where}, row {bad + 1}", $"{Word(values[bad])} is too large for ML.NET, which computes in single precision", "Scale it.");
    }

    private static string Word(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
