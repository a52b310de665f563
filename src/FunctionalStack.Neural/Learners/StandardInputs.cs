namespace FunctionalStack.Neural;

/// <summary>
/// The standardization of a net's inputs: (x - centre) / deviation in float32, and 0 where the deviation is 0. A column that
/// was constant in training is therefore always 0, since nothing could be learned about it.
/// </summary>
/// <param name="Columns">The columns read, in order.</param>
/// <param name="Centres">The mean of each column.</param>
/// <param name="Deviations">The standard deviation of each column; at least 0.</param>
public sealed record StandardInputs(EquatableArray<string> Columns, EquatableArray<double> Centres, EquatableArray<double> Deviations)
    : IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("centres", Centres.Count, Columns.Count), Consistency.Count("deviations", Deviations.Count, Columns.Count));

    // Larger values are clipped, so that float32 squares and the outputs of the net stay finite. No training row of a
    // standardized column is further from 0 than the square root of the number of rows.
    internal const double Furthest = 1e6;

    /// <summary>Standardizes each column by its own mean and population standard deviation, weighted if weights are given.</summary>
    internal static Outcome<StandardInputs> OfColumns(FeatureMatrix rows, EquatableArray<double>? weights = null)
    {
        var (column, weighing) = (new double[rows.RowCount], weights?.ToArray());
        return Outcome.All(rows.Names.Select((name, c) =>
        {
            for (var row = 0; row < column.Length; row++) column[row] = rows.Cells[row * rows.ColumnCount + c];
            return Of($"column '{name}'", column, weighing);
        })).Map(all =>
            new StandardInputs(rows.Names, EquatableArray.From(all.Select(moments => moments.Mean)),
                EquatableArray.From(all.Select(moments => moments.Deviation))));
    }

    /// <summary>
    /// Standardizes all columns by one mean and standard deviation. For pixels: they share a unit, their contrasts carry the
    /// information, and a corner that is nearly always black would be amplified by its own small deviation.
    /// </summary>
    internal static Outcome<StandardInputs> OfPixels(FeatureMatrix rows, EquatableArray<double>? weights = null) =>
        Of("the pixels", rows.Cells, EachOf(rows, weights)).Map(moments => new StandardInputs(
        rows.Names,
        EquatableArray.From(Enumerable.Repeat(moments.Mean, rows.ColumnCount)),
        EquatableArray.From(Enumerable.Repeat(moments.Deviation, rows.ColumnCount))));

    private static double[]? EachOf(FeatureMatrix rows, EquatableArray<double>? weights) =>
        weights is { } given ? [.. given.SelectMany(weight => Enumerable.Repeat(weight, rows.ColumnCount))] : null;

    /// <summary>The moments of the values. Fails if their range is more than a double holds.</summary>
    internal static Outcome<Moments> Of(string where, double[] numbers, double[]? weights = null)
    {
        var moments = Moments.Of(numbers, weights);
        return moments.Overflows
            ? Outcome.Fail<Moments>(where, $"the values span from {moments.Min} to {moments.Max}, more than a double holds",
                "Scale them down.")
            : Outcome.Ok(moments);
    }

    /// <summary>The standardized inputs: rows x columns, row by row.</summary>
    internal float[] Read(FeatureMatrix rows)
    {
        var numbers = new float[rows.Cells.Length];
        for (var row = 0; row < rows.RowCount; row++)
        {
            var from = rows.Row(row);
            var to = numbers.AsSpan(row * from.Length, from.Length);
            for (var c = 0; c < to.Length; c++)
            {
                var deviation = Deviations[c];
                to[c] = deviation == 0 ? 0 : (float)Math.Clamp((from[c] - Centres[c]) / deviation, -Furthest, Furthest);
            }
        }

        return numbers;
    }
}
