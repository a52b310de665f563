namespace FunctionalStack;

/// <summary>The numeric columns of a frame as one dense row-major matrix. Most learners compute on it.</summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Names">The column names, in matrix order.</param>
/// <param name="Cells">RowCount x Names.Count values, row-major; all finite.</param>
public sealed record FeatureMatrix(int RowCount, EquatableArray<string> Names, double[] Cells)
{
    /// <summary>The number of columns.</summary>
    public int ColumnCount => Names.Count;

    /// <summary>The values of row <paramref name="row"/>, one per column.</summary>
    public ReadOnlySpan<double> Row(int row) => Cells.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>All columns of <paramref name="frame"/>. Fails if a column is categorical, or a value is missing or infinite.</summary>
    public static Outcome<FeatureMatrix> Of(Frame frame) => Of(frame, frame.Names);

    /// <summary>The columns called <paramref name="names"/>, in that order. Fails if one is absent, not numeric or not finite.</summary>
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
                    return Outcome.Fail<FeatureMatrix>($"column '{names[c]}'", "is not in the data",
                        "Give the columns that the model was fitted on.");
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
        new($"column '{column}'", "holds categories, but this learner needs numeric columns", "One-hot or ordinal encode it first.");

    internal static Failure IsMissing(string column, int row) =>
        new($"column '{column}', row {row + 1}", "the value is missing, but this learner does not support missing values",
            "Impute missing values first.");
}
