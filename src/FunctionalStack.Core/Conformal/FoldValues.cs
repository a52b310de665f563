namespace FunctionalStack;

/// <summary>The predicted values of rows by each fold model, and the scales of their errors.</summary>
/// <param name="Values">One per fold.</param>
/// <param name="Scales">One per fold; empty without scales.</param>
internal sealed record FoldValues(EquatableArray<EquatableArray<double>> Values, EquatableArray<double[]> Scales)
{
    /// <summary>Calls <paramref name="each"/> with each row, its value by each fold, and its scale in each fold. The arrays may be
    /// changed, and are used again.</summary>
    public void Each(int rows, Action<int, double[], double[]> each)
    {
        var (shifts, scales) = (new double[Values.Count], new double[Values.Count]);
        Array.Fill(scales, 1);
        for (var row = 0; row < rows; row++)
        {
            for (var k = 0; k < Scales.Count; k++) scales[k] = Scales[k][row];
            for (var k = 0; k < shifts.Length; k++) shifts[k] = Values[k][row];
            each(row, shifts, scales);
        }
    }
}
