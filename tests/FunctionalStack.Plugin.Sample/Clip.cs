namespace FunctionalStack.Plugin.Sample;

/// <summary>Columns of numbers kept within a bound on either side of 0; missing values stay missing.</summary>
/// <param name="Bound">At least 0.</param>
public sealed record Clip(double Bound = 3) : ITransform
{
    public string Name => "clip";

    public Outcome<Fitted> Fit(Dataset data, Seed seed)
    {
        if (!(Bound >= 0)) return Outcome.Fail<Fitted>(Name, $"Bound is {Bound}", "Give a Bound of at least 0.");
        var map = new ClipMap(Bound);
        return map.Apply(data.Frame).Map(frame => new Fitted(frame, map));
    }
}

/// <summary>The bound.</summary>
public sealed record ClipMap(double Bound) : IMap
{
    public Outcome<Frame> Apply(Frame rows) => Outcome.Ok(new Frame(rows.RowCount, Values.From(rows.Columns.Select(column =>
        column.Column is Column.Numeric numeric ? column with { Column = Column.Numeric.Of([.. numeric.ToArray().Select(Within)]) } : column))));

    private double Within(double number) => double.IsNaN(number) ? number : Math.Clamp(number, -Bound, Bound);
}
