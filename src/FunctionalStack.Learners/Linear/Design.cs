namespace FunctionalStack.Learners;

/// <summary>
/// The columns of a linear model, moved to their weighted means and scaled so that the optimum is found in well-conditioned
/// numbers, then laid out in panels: of each run of <see cref="PanelRows"/> rows, column after column, a constant column
/// last. Scaling is a change of variables only: coefficient = scale * variable, and the penalty on a variable is the
/// penalty on the coefficient times scale squared, so the optimum stays that of the columns as given.
/// </summary>
/// <param name="Columns">Columns, the constant one included.</param>
/// <param name="Panels">How many panels; the last is filled up with rows of zeros.</param>
/// <param name="Cells">Panels x columns x rows of a panel.</param>
/// <param name="Weights">A weight a row, 0 for the filling.</param>
/// <param name="Centres">The weighted mean of each column as given, without the constant one.</param>
/// <param name="Scales">What each column was multiplied by.</param>
/// <param name="Penalties">The penalty on each variable; 0 on the constant column's.</param>
internal sealed record Design(int Columns, int Panels, double[] Cells, double[] Weights, double[] Centres, double[] Scales, double[] Penalties)
{
    // 256 rows x 100 columns lie in a second-level cache of 256 KiB; horizontal sums cost a sixth of a product.
    public const int PanelRows = 256;

    public int PanelCells => Columns * PanelRows;

    /// <summary>Scales give each variable a curvature of 1: penalty + curvature x (summed weight) x variance, times scale squared.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="penalty">On the square of each coefficient.</param>
    /// <param name="curvature">The second derivative of one row's loss: 1 for squares, 1/4 at most for the logistic loss.</param>
    public static Outcome<Design> Of(TrainingRows rows, double penalty, double curvature)
    {
        var (features, weights, count) = (rows.Features, rows.Weights.ToArray(), rows.Count);
        var columns = features.ColumnCount + 1;
        var total = weights.Sum();
        var centres = new double[columns - 1];
        var scales = new double[columns];
        for (var j = 0; j < columns - 1; j++)
        {
            var (centre, deviation) = Moments(features, weights, total, j);
            if (!double.IsFinite(centre) || !double.IsFinite(deviation))
            {
                return Outcome.Fail<Design>($"column '{features.Names[j]}'", "its values span more than a double can sum", "Divide the column by a large number.");
            }

            var steepness = double.Hypot(Math.Sqrt(penalty), Math.Sqrt(curvature * total) * deviation);
            centres[j] = centre;
            scales[j] = steepness > 0 ? 1 / steepness : 1;
        }

        scales[^1] = 1 / Math.Sqrt(curvature * total);
        var penalties = new double[columns];
        for (var j = 0; j < columns - 1; j++) penalties[j] = Square(Math.Sqrt(penalty) * scales[j]);

        var panels = (count + PanelRows - 1) / PanelRows;
        var cells = new double[(long)panels * columns * PanelRows];
        for (var i = 0; i < count; i++)
        {
            var row = features.Row(i);
            var at = i / PanelRows * (columns * PanelRows) + i % PanelRows;
            for (var j = 0; j < row.Length; j++, at += PanelRows) cells[at] = (row[j] - centres[j]) * scales[j];
            cells[at] = scales[^1];
        }

        var padded = new double[panels * PanelRows];
        weights.CopyTo(padded, 0);
        return Outcome.Ok(new Design(columns, panels, cells, padded, centres, scales, penalties));
    }

    /// <summary>The sum over rows of factor x weight x row x row', plus the penalties: Columns x Columns, lower triangle.</summary>
    public unsafe double[] Gram(double factor)
    {
        var gram = new double[Columns * Columns];
        var scaled = new double[PanelCells];
        fixed (double* cells = Cells, y = scaled, g = gram)
        {
            for (var panel = 0; panel < Panels; panel++)
            {
                var x = cells + (long)panel * PanelCells;
                for (var at = 0; at < PanelCells; at++) y[at] = factor * Weights[panel * PanelRows + at % PanelRows] * x[at];
                DenseKernels.AddProducts(y, Columns, PanelRows, x, Columns, PanelRows, PanelRows, g, Columns, lowerOnly: true);
            }
        }

        for (var j = 0; j < Columns; j++) gram[j * Columns + j] += Penalties[j];
        return gram;
    }

    /// <summary>The sum over rows of weight x number x row: a number a column.</summary>
    public unsafe double[] Correlate(double[] numbers)
    {
        var sums = new double[Columns];
        var weighted = new double[numbers.Length];
        for (var i = 0; i < numbers.Length; i++) weighted[i] = Weights[i] * numbers[i];
        fixed (double* cells = Cells, y = weighted, s = sums)
        {
            for (var panel = 0; panel < Panels; panel++)
            {
                DenseKernels.AddProducts(y + panel * PanelRows, 1, PanelRows, cells + (long)panel * PanelCells, Columns, PanelRows, PanelRows, s, Columns);
            }
        }

        return sums;
    }

    /// <summary>Takes each row's linear score from its number.</summary>
    public unsafe void Subtract(double[] factors, double[] numbers)
    {
        var opposite = factors.Select(factor => -factor).ToArray();
        fixed (double* cells = Cells, f = opposite, n = numbers)
        {
            for (var panel = 0; panel < Panels; panel++) DenseKernels.AddCombination(cells + (long)panel * PanelCells, Columns, PanelRows, f, n + panel * PanelRows, PanelRows);
        }
    }

    /// <summary>The weighted mean and standard deviation of a column, taken about its first value: exactly 0 deviation where it is constant.</summary>
    private static (double Centre, double Deviation) Moments(FeatureMatrix features, double[] weights, double total, int column)
    {
        var (cells, stride) = (features.Cells, features.ColumnCount);
        var origin = cells[column];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * (cells[i * stride + column] - origin);
        var centre = origin + sum / total;
        var largest = 0.0;
        for (var i = 0; i < weights.Length; i++) largest = Math.Max(largest, Math.Abs(cells[i * stride + column] - centre));
        if (largest == 0) return (centre, 0);
        var squares = 0.0;
        for (var i = 0; i < weights.Length; i++) squares += weights[i] * Square((cells[i * stride + column] - centre) / largest);
        return (centre, largest * Math.Sqrt(squares / total));
    }

    private static double Square(double x) => x * x;
}
