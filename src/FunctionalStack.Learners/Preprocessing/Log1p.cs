namespace FunctionalStack.Preprocessing;

/// <summary>
/// Transforms numeric columns to sign(x) ln(1 + |x|), for counts and amounts with a skewed distribution.
/// The order and 0 are preserved. Missing values stay missing.
/// </summary>
public sealed record Log1p : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "log1p";

    /// <summary>Fails if no training row has positive weight, or if a value is infinite.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) =>
        from weights in Gathered.Weights(Name, data)
        from names in Outcome.All(data.Frame.Columns.Where(column => column.Column is Column.Numeric)
            .Select(column => Gathered.Numbers(Name, column.Name, (Column.Numeric)column.Column).Map(_ => column.Name)))
        let map = new Log1pMap(names)
        from fitted in Replacement.Agreeing(map, map.Make(data.Frame))
        select fitted;
}

/// <summary>Transforms columns to sign(x) ln(1 + |x|).</summary>
/// <param name="Columns">The numeric columns of training.</param>
public sealed record Log1pMap(EquatableArray<string> Columns) : IRowwiseMap
{
    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    RowMap? IRowwiseMap.ForRow(Frame columns) =>
        Replacement.ForRow(this, columns, Columns.Select(name => (name, (RowFunction?)NumberCell.Of(columns, name, Logarithm))));

    internal Outcome<Frame> Make(Frame rows) =>
        from columns in Outcome.All(Columns.Select(name =>
            Gathered.LaterNumbers("log1p", name, rows).Map(column => (Name: name, Numbers: column.ToArray()))))
        from made in Replacement.Replace("log1p", rows,
            columns.ToDictionary(column => column.Name,
            column => new[] { new NamedColumn(column.Name, new Column.Numeric(EquatableArray.Own(Logarithms(column.Numbers)))) }))
        select made;

    private static double[] Logarithms(double[] numbers)
    {
        for (var i = 0; i < numbers.Length; i++) numbers[i] = Logarithm(numbers[i]);
        return numbers;
    }

    private static double Logarithm(double number) => Math.CopySign(Math.Log(1 + Math.Abs(number)), number);
}
