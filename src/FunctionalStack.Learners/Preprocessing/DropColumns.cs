namespace FunctionalStack.Preprocessing;

/// <summary>All columns but those named; a name that a later frame lacks is no error.</summary>
public sealed record DropColumns(Values<string> Columns) : ILeafTransform, IMap
{
    public string Name => "dropColumns";

    public static DropColumns Of(params string[] names) => new(Values.Of(names));

    public Values<Failure> Validate() => Ensure.All(Name, Ensure.Distinct("columns", Columns));

    /// <summary>Fails on a name that the training rows lack.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) =>
        Columns.FirstOrDefault(name => data.Frame.Find(name) is null) is { } absent
            ? Outcome.Fail<Fitted>($"{Name}, column '{absent}'", "is not in the data", $"Name one of: {string.Join(", ", data.Frame.Names)}.")
            : Outcome.Ok(new Fitted(Without(data.Frame), this));

    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(Without(rows));

    public Values<string> Needs(Values<string> columns) => Values.From(columns.Except(Columns));

    private Frame Without(Frame rows) => Columns.Count == 0 ? rows : rows.Without(Columns.ToArray());
}
