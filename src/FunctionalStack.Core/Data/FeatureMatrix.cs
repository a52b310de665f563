namespace FunctionalStack;

/// <summary>The numeric columns of a frame as one dense matrix, row by row: what most learners compute on.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="Names">The column names, in matrix order.</param>
/// <param name="Cells">RowCount x Names.Count numbers, row by row; all finite.</param>
public sealed record FeatureMatrix(int RowCount, EquatableArray<string> Names, double[] Cells)
{
    public int ColumnCount => Names.Count;

    public ReadOnlySpan<double> Row(int row) => Cells.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>All columns of <paramref name="frame"/>. Fails on a categorical column, a missing value or an infinity.</summary>
    public static Outcome<FeatureMatrix> Of(Frame frame) => Of(frame, frame.Names);

    /// <summary>The columns called <paramref name="names"/>, in that order. Fails where one is absent or not numeric and finite.</summary>
    public static Outcome<FeatureMatrix> Of(Frame frame, EquatableArray<string> names)
    {
        var cells = new double[frame.RowCount * names.Count];
        for (var c = 0; c < names.Count; c++)
        {
            switch (frame.Find(names[c]))
            {
                case Column.Numeric numeric:
                    numeric.CopyTo(cells.AsSpan(Math.Min(c, cells.Length)), names.Count);
                    break;
                case Column.Categorical:
                    return new Outcome<FeatureMatrix>.Fail(HoldsCategories(names[c]));
                default:
                    return Outcome.Fail<FeatureMatrix>($"column '{names[c]}'", "is not in the data", "Give the columns that the model was fitted on.");
            }
        }

        for (var i = 0; i < cells.Length; i++)
        {
            if (double.IsFinite(cells[i])) continue;
            var (row, column) = (i / names.Count, names[i % names.Count]);
            return double.IsNaN(cells[i])
                ? new Outcome<FeatureMatrix>.Fail(IsMissing(column, row))
                : Outcome.Fail<FeatureMatrix>($"column '{column}', row {row + 1}", $"the value is {cells[i]}", "Give finite numbers.");
        }

        return Outcome.Ok(new FeatureMatrix(frame.RowCount, names, cells));
    }

    internal static Failure HoldsCategories(string column) =>
        new($"column '{column}'", "holds categories, but this learner takes numbers", "One-hot or ordinal encode it first.");

    internal static Failure IsMissing(string column, int row) =>
        new($"column '{column}', row {row + 1}", "the value is missing, but this learner takes complete rows", "Impute missing values first.");
}
