namespace FunctionalStack.Learners;

/// <summary>Shapley values: the contribution of each column to a row's score. They sum to the score minus the base.</summary>
/// <param name="Columns">The model's columns.</param>
/// <param name="Base">The expected score, one per output.</param>
/// <param name="Cells">Rows x outputs x columns, row-major, in units of the score (log-odds for two classes).</param>
public sealed record ShapValues(EquatableArray<string> Columns, EquatableArray<double> Base, EquatableArray<double> Cells)
{
    /// <summary>The number of outputs.</summary>
    public int Outputs => Base.Count;

    /// <summary>For each column, the mean over rows and outputs of the absolute value.</summary>
    public EquatableArray<double> MeanAbsolute()
    {
        var sums = new double[Columns.Count];
        for (var i = 0; i < Cells.Count; i++) sums[i % sums.Length] += Math.Abs(Cells[i]);
        var count = sums.Length == 0 ? 0 : Cells.Count / sums.Length;
        return EquatableArray.Own(count == 0 ? sums : Array.ConvertAll(sums, sum => sum / count));
    }

    /// <summary>The values of one row for one output, one per column.</summary>
    public ReadOnlySpan<double> Of(int row, int output = 0) =>
        Cells.AsSpan().Slice((row * Outputs + output) * Columns.Count, Columns.Count);
}
