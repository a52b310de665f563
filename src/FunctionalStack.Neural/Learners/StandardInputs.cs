namespace FunctionalStack.Neural;

/// <summary>
/// How a net's learner reads a table: (x - centre) / deviation in float32, 0 where the deviation is 0. A column that was
/// constant in training so stays silent whatever it holds later: nothing was learned about it.
/// </summary>
/// <param name="Columns">The columns read, in order.</param>
/// <param name="Centres">A number a column.</param>
/// <param name="Deviations">At least 0; one a column.</param>
public sealed record StandardInputs(EquatableArray<string> Columns, EquatableArray<double> Centres, EquatableArray<double> Deviations) : IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("centres", Centres.Count, Columns.Count), Consistency.Count("deviations", Deviations.Count, Columns.Count));

    // Float32 squares stay finite, and so does whatever a net makes of its inputs. No training row of a standardized
    // column lies further out than the root of the number of rows.
    private const double Furthest = 1e6;

    /// <summary>Each column by its own mean and population standard deviation, of weighted rows where they have weights.</summary>
    internal static Outcome<StandardInputs> OfColumns(FeatureMatrix rows, EquatableArray<double>? weights = null)
    {
        var (column, weighing) = (new double[rows.RowCount], weights?.ToArray());
        return Outcome.All(rows.Names.Select((name, c) =>
        {
            for (var row = 0; row < column.Length; row++) column[row] = rows.Cells[row * rows.ColumnCount + c];
            return Of($"column '{name}'", column, weighing);
        })).Map(all => new StandardInputs(rows.Names, EquatableArray.From(all.Select(moments => moments.Mean)), EquatableArray.From(all.Select(moments => moments.Deviation))));
    }

    /// <summary>
    /// All columns by one mean and deviation, for pixels: they share a unit, their contrasts are what an image is, and a
    /// corner that was nearly always black would be blown up by its own deviation.
    /// </summary>
    internal static Outcome<StandardInputs> OfPixels(FeatureMatrix rows, EquatableArray<double>? weights = null) =>
        Of("the pixels", rows.Cells, EachOf(rows, weights)).Map(moments => new StandardInputs(
        rows.Names,
        EquatableArray.From(Enumerable.Repeat(moments.Mean, rows.ColumnCount)),
        EquatableArray.From(Enumerable.Repeat(moments.Deviation, rows.ColumnCount))));

    private static double[]? EachOf(FeatureMatrix rows, EquatableArray<double>? weights) =>
        weights is { } given ? [.. given.SelectMany(weight => Enumerable.Repeat(weight, rows.ColumnCount))] : null;

    /// <summary>The moments of numbers, unless they span more than a double holds.</summary>
    internal static Outcome<Moments> Of(string where, double[] numbers, double[]? weights = null)
    {
        var moments = Moments.Of(numbers, weights);
        return moments.Overflows
            ? Outcome.Fail<Moments>(where, $"the values span from {moments.Min} to {moments.Max}, more than a double holds", "Scale them down.")
            : Outcome.Ok(moments);
    }

    /// <summary>Rows x columns, row by row.</summary>
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
