namespace FunctionalStack.Plugin.Sample;

/// <summary>Columns of numbers kept within a bound on either side of 0; missing values stay missing.</summary>
/// <param name="Bound">At least 0.</param>
public sealed record Clip(double Bound = 3) : ILeafTransform
{
    public string Name => "clip";

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Ensure.NotNegative("bound", Bound));

    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed)
    {
        var map = new ClipMap(Bound);
        return map.Apply(data.Frame).Map(frame => new Fitted(frame, map));
    }
}

/// <summary>The bound.</summary>
public sealed record ClipMap(double Bound) : IMap
{
    public Outcome<Frame> Apply(Frame rows) =>
        Outcome.Ok(new Frame(rows.RowCount, EquatableArray.From(rows.Columns.Select(column => column.Column is Column.Numeric numeric
            ? column with { Column = Column.Numeric.Of([.. numeric.ToArray().Select(Within)]) }
            : column))));

    private double Within(double number) => double.IsNaN(number) ? number : Math.Clamp(number, -Bound, Bound);
}
