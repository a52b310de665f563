namespace FunctionalStack;

/// <summary>The columns as they are: the unit of <see cref="Union"/> up to columns, and how originals pass through a stack.</summary>
public sealed record Identity : ILeafTransform, IMap
{
    public string Name => "identity";

    bool ITransform.KeepsColumns => true;

    Frame? ITransform.Outline(Frame columns, Target target) => columns;

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Outcome.Ok(new Fitted(data.Frame, this));

    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(rows);
}

/// <summary>Only the columns named, in that order.</summary>
public sealed record SelectColumns(EquatableArray<string> Columns) : ILeafTransform, IMap
{
    public string Name => "columns";

    bool ITransform.KeepsColumns => true;

    public static SelectColumns Of(params string[] names) => new(EquatableArray.Of(names));

    EquatableArray<Failure> ISpec.Validate() => Ensure.Twice(Columns) is { } twice
        ? [new($"column '{twice}'", "is named twice", "Name each column once.")]
        : default;

    EquatableArray<Failure> ISpec.ValidateColumns(Frame columns) => Ensure.Present(Columns, columns);

    Frame? ITransform.Outline(Frame columns, Target target) => Apply(columns).Match<Frame?>(found => found, _ => null);

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Apply(data.Frame).Map(view => new Fitted(view, this));

    /// <summary>Fails on a column that is absent.</summary>
    public Outcome<Frame> Apply(Frame rows) => Columns.FirstOrDefault(name => rows.Find(name) is null) is { } absent
        ? Outcome.Fail<Frame>($"column '{absent}'", "is not in the data", "Give the columns that the model was fitted on.")
        : Outcome.Ok(rows.Select(Columns.ToArray()));

    public EquatableArray<string> Needs(EquatableArray<string> columns) => EquatableArray.From(columns.Intersect(Columns));
}
