namespace FunctionalStack.Preprocessing;

/// <summary>All columns but those named; a name that a later frame lacks is no error.</summary>
public sealed record DropColumns(EquatableArray<string> Columns) : ILeafTransform, IMap
{
    public string Name => "dropColumns";

    public static DropColumns Of(params string[] names) => new(EquatableArray.Of(names));

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Distinct("columns", Columns));

    EquatableArray<Failure> ISpec.ValidateColumns(Frame columns) => Ensure.Present(Columns, columns);

    Frame? ITransform.Outline(Frame columns, Target target) => Without(columns);

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Outcome.Ok(new Fitted(Without(data.Frame), this));

    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(Without(rows));

    public EquatableArray<string> Needs(EquatableArray<string> columns) => EquatableArray.From(columns.Except(Columns));

    private Frame Without(Frame rows) => Columns.Count == 0 ? rows : rows.Without(Columns.ToArray());
}
