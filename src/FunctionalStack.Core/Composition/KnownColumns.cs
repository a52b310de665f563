namespace FunctionalStack;

/// <summary>The columns of training rows, as far as they are known before any fit.</summary>
/// <param name="Frame">Names, kinds and origins. Also the values, if no transform precedes.</param>
/// <param name="Weights">The row weights of <paramref name="Frame"/>; null for equal weights.</param>
internal sealed record KnownColumns(Frame Frame, EquatableArray<double>? Weights)
{
    private readonly Lazy<Failure?> category =
        new(() => Frame.Columns.FirstOrDefault(column => column.Column is Column.Categorical) is { } found
        ? FeatureMatrix.HoldsCategories(found.Name)
        : null);

    private readonly Lazy<Failure?> missing = new(() => Missing(Frame, Weights));

    /// <summary>Whether the fit gets all of these columns. A transform may drop columns because of their values.</summary>
    public bool AreAll { get; private init; } = true;

    /// <summary>The failure of a learner that does not support categories; null if there are none.</summary>
    public Failure? Category => category.Value;

    /// <summary>The failure of a learner that does not support missing values; null if none is missing in a row of positive
    /// weight.</summary>
    public Failure? MissingValue => missing.Value;

    /// <summary>The output columns of a transform; null if they are known only after its fit.</summary>
    public KnownColumns? After(ITransform? transform, Target target) =>
        transform is null ? this
        : transform.Outline(Frame, target) is not { } made ? null
        : new(made,
            made.RowCount == Frame.RowCount ? Weights : null)
        { AreAll = AreAll && (transform.KeepsColumns || transform.MakesPredictions) };

    private static Failure? Missing(Frame frame, EquatableArray<double>? weights)
    {
        foreach (var (name, column) in frame.Columns)
        {
            if (column is not Column.Numeric numbers) continue;
            for (var row = 0; row < numbers.Count; row++)
            {
                if (double.IsNaN(numbers[row]) && !(weights is { } known && known[row] == 0)) return FeatureMatrix.IsMissing(name, row);
            }
        }

        return null;
    }
}
