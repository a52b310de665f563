namespace FunctionalStack.Learners;

/// <summary>How much each column moved each row's score away from the base: Shapley values, which sum to the score less the base.</summary>
/// <param name="Columns">The model's columns.</param>
/// <param name="Base">What is expected before anything of a row is known, one an output.</param>
/// <param name="Cells">Rows x outputs x columns, row by row, in units of the score (log-odds for two classes).</param>
public sealed record ShapValues(EquatableArray<string> Columns, EquatableArray<double> Base, EquatableArray<double> Cells)
{
    public int Outputs => Base.Count;

    /// <summary>One row's values for one output, in the order of the columns.</summary>
    public ReadOnlySpan<double> Of(int row, int output = 0) => Cells.AsSpan().Slice((row * Outputs + output) * Columns.Count, Columns.Count);
}
