using FunctionalStack.Learners;

namespace FunctionalStack.Preprocessing;

/// <summary>Scales columns to (x - Center) / Divisor. Missing values stay missing.</summary>
/// <param name="Columns">The columns.</param>
public sealed record ScalingMap(EquatableArray<ScalingMap.Scale> Columns) : IRowwiseMap
{
    /// <summary>The scaling of a column.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="Center">The value that becomes 0.</param>
    /// <param name="Divisor">Above 0.</param>
    public sealed record Scale(string Column, double Center, double Divisor)
    {
        internal double Of(double number) => (number - Center) / Divisor;
    }

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    RowMap? IRowwiseMap.ForRow(Frame columns) => Replacement.ForRow(this, columns,
        Columns.Select(scale => (scale.Column, (RowFunction?)NumberCell.Of(columns, scale.Column, scale.Of))));

    internal Outcome<Frame> Make(Frame rows)
    {
        var made = new Dictionary<string, NamedColumn[]>(Columns.Count);
        foreach (var scale in Columns)
        {
            switch (Gathered.LaterNumbers("scaling", scale.Column, rows))
            {
                case Outcome<Column.Numeric>.Fail fail:
                    return new Outcome<Frame>.Fail(fail.Failure);
                case Outcome<Column.Numeric>.Ok column:
                    var numbers = column.Value.ToArray();
                    for (var i = 0; i < numbers.Length; i++) numbers[i] = scale.Of(numbers[i]);
                    made[scale.Column] = [new(scale.Column, new Column.Numeric(EquatableArray.Own(numbers)))];
                    break;
            }
        }

        return Replacement.Replace("scaling", rows, made);
    }

    /// <summary>Fits a map whose center and divisor are functions of each column's moments.</summary>
    internal static Outcome<Fitted> Fit(string transform, Dataset data, Func<Moments, (double Center, double Divisor)> choose) =>
        Gathered.Weights(transform, data).Bind(weights => Outcome
            .All(data.Frame.Columns.Where(column => column.Column is Column.Numeric).Select(column => Gathered
                .Numbers(transform, column.Name, (Column.Numeric)column.Column)
                .Bind(numbers => Of(transform, column.Name, Moments.Of(numbers, weights), choose))))
            .Map(scales => new ScalingMap(scales))
            .Bind(map => Replacement.Agreeing(map, map.Make(data.Frame))));

    private static Outcome<Scale> Of(string transform, string name, Moments moments, Func<Moments, (double Center, double Divisor)> choose)
    {
        if (ColumnUnits.TooWide($"{transform}, column '{name}'", moments) is { } wide)
            return new Outcome<Scale>.Fail(wide);
        var (center, divisor) = choose(moments);
        return Outcome.Ok(new Scale(name, center, divisor > 0 ? divisor : 1));
    }
}

/// <summary>
/// Scales numeric columns to mean 0 and population standard deviation 1 over the training rows: (x - mean) / sd, like
/// scikit-learn's StandardScaler. A constant column becomes 0. Missing values are ignored and stay missing.
/// </summary>
public sealed record Standardize : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "standardize";

    /// <summary>Fails if no training row has positive weight, if a value is infinite, or if a column's range overflows a double.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => ScalingMap.Fit(Name, data, moments => (moments.Mean, moments.Deviation));
}

/// <summary>
/// Scales numeric columns to [0, 1] over the training rows: (x - min) / (max - min), like scikit-learn's MinMaxScaler. A constant column
/// becomes 0.
/// New rows out of the training range leave [0, 1]. Missing values stay missing.
/// </summary>
public sealed record MinMax : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "minMax";

    /// <summary>Fails if no training row has positive weight, if a value is infinite, or if a column's range overflows a double.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) =>
        ScalingMap.Fit(Name, data, moments => (moments.Min, moments.Max - moments.Min));
}
