namespace FunctionalStack;

/// <summary>The columns of training rows, as far as they are known before any fit.</summary>
/// <param name="Frame">Names, kinds and origins; values too where nothing stands between them and the data.</param>
/// <param name="Weights">The weights of the rows of <paramref name="Frame"/>; null for equal ones.</param>
internal sealed record KnownColumns(Frame Frame, EquatableArray<double>? Weights)
{
    private readonly Lazy<Failure?> category = new(() => Frame.Columns.FirstOrDefault(column => column.Column is Column.Categorical) is { } found
        ? FeatureMatrix.HoldsCategories(found.Name)
        : null);

    private readonly Lazy<Failure?> missing = new(() => Missing(Frame, Weights));

    /// <summary>Whether the fit will see all of them: a transform may drop columns for what they hold.</summary>
    public bool AreAll { get; private init; } = true;

    /// <summary>What a learner says that takes no categories; null where there are none.</summary>
    public Failure? Category => category.Value;

    /// <summary>What a learner says that takes no missing values; null where none is missing in a row of weight.</summary>
    public Failure? MissingValue => missing.Value;

    /// <summary>What a transform makes of them; null where only its fit will tell.</summary>
    public KnownColumns? After(ITransform? transform, Target target) =>
        transform is null ? this
        : transform.Outline(Frame, target) is not { } made ? null
        : new(made, made.RowCount == Frame.RowCount ? Weights : null) { AreAll = AreAll && (transform.KeepsColumns || transform.MakesPredictions) };

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
