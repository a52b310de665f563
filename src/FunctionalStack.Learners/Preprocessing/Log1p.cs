namespace FunctionalStack.Preprocessing;

/// <summary>
/// Columns of numbers on a logarithmic scale, sign(x) ln(1 + |x|): for counts and amounts, whose differences mean less the
/// larger they are. Order and 0 stay; missing values stay missing.
/// </summary>
public sealed record Log1p : ILeafTransform
{
    public string Name => "log1p";

    /// <summary>Fails without training rows of positive weight, and on an infinity.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) =>
        from weights in Gathered.Weights(Name, data)
        from names in Outcome.All(data.Frame.Columns.Where(column => column.Column is Column.Numeric).Select(column => Gathered.Numbers(Name, column.Name, (Column.Numeric)column.Column).Map(_ => column.Name)))
        let map = new Log1pMap(names)
        from fitted in Replacement.Agreeing(map, map.Make(data.Frame))
        select fitted;
}

/// <summary>The columns that were numbers in training.</summary>
public sealed record Log1pMap(EquatableArray<string> Columns) : IMap
{
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    internal Outcome<Frame> Make(Frame rows) =>
        from columns in Outcome.All(Columns.Select(name => Gathered.LaterNumbers("log1p", name, rows).Map(column => (Name: name, Numbers: column.ToArray()))))
        from made in Replacement.Replace("log1p", rows, columns.ToDictionary(column => column.Name, column => new[] { new NamedColumn(column.Name, new Column.Numeric(EquatableArray.Own(Logarithms(column.Numbers)))) }))
        select made;

    private static double[] Logarithms(double[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Math.CopySign(Math.Log(1 + Math.Abs(numbers[i])), numbers[i]);
        return numbers;
    }
}
