namespace FunctionalStack;

/// <summary>Returns the columns unchanged. In a union it passes original columns through to the meta-learner.</summary>
public sealed record Identity : ILeafTransform, IRowwiseMap
{
    /// <inheritdoc/>
    public string Name => "identity";

    bool ITransform.KeepsColumns => true;

    Frame? ITransform.Outline(Frame columns, Target target) => columns;

    /// <inheritdoc/>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Outcome.Ok(new Fitted(data.Frame, this));

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(rows);

    RowMap? IRowwiseMap.ForRow(Frame columns) => PickCells.Kept(columns, columns);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns, Func<EquatableArray<string>, EquatableArray<string>> next) =>
        next(columns);
}

/// <summary>Selects columns by name, in the order given.</summary>
/// <param name="Columns">The names of the columns.</param>
public sealed record SelectColumns(EquatableArray<string> Columns) : ILeafTransform, IRowwiseMap
{
    /// <inheritdoc/>
    public string Name => "columns";

    bool ITransform.KeepsColumns => true;

    /// <summary>Selects the columns with these names.</summary>
    public static SelectColumns Of(params string[] names) => new(EquatableArray.Of(names));

    EquatableArray<Failure> ISpec.Validate() => Ensure.Twice(Columns) is { } twice
        ? [new($"column '{twice}'", "is named twice", "Name each column once.")]
        : default;

    EquatableArray<Failure> ISpec.ValidateColumns(Frame columns) => Ensure.Present(Columns, columns);

    Frame? ITransform.Outline(Frame columns, Target target) => Apply(columns).Match<Frame?>(found => found, _ => null);

    /// <inheritdoc/>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

    /// <summary>Fails if a column is absent.</summary>
    public Outcome<Frame> Apply(Frame rows) => Columns.FirstOrDefault(name => rows.Find(name) is null) is { } absent
        ? Outcome.Fail<Frame>($"column '{absent}'", "is not in the data", "Give the columns that the model was fitted on.")
        : Outcome.Ok(rows.Select(Columns.ToArray()));

    RowMap? IRowwiseMap.ForRow(Frame columns) =>
        Apply(columns) is Outcome<Frame>.Ok { Value: var kept } ? PickCells.Kept(kept, columns) : null;

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => EquatableArray.From(columns.Intersect(Columns));
}
