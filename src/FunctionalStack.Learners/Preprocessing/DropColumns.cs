namespace FunctionalStack.Preprocessing;

/// <summary>Drops columns by name. New rows need not have them.</summary>
/// <param name="Columns">The names of the columns to drop.</param>
public sealed record DropColumns(EquatableArray<string> Columns) : ILeafTransform, IRowwiseMap
{
    /// <inheritdoc/>
    public string Name => "dropColumns";

    /// <summary>Drops the columns with these names.</summary>
    public static DropColumns Of(params string[] names) => new(EquatableArray.Of(names));

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.Distinct("columns", Columns));

    EquatableArray<Failure> ISpec.ValidateColumns(Frame columns) => Ensure.Present(Columns, columns);

    Frame? ITransform.Outline(Frame columns, Target target) => Without(columns);

    /// <inheritdoc/>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Outcome.Ok(new Fitted(Without(data.Frame), this));

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(Without(rows));

    RowMap? IRowwiseMap.ForRow(Frame columns) => PickCells.Kept(Without(columns), columns);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => EquatableArray.From(columns.Except(Columns));

    private Frame Without(Frame rows) => Columns.Count == 0 ? rows : rows.Without(Columns.ToArray());
}
