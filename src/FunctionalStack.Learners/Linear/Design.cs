namespace FunctionalStack.Learners;

/// <summary>
/// The columns of a linear model, centred at their weighted means and scaled for good conditioning, then stored in
/// panels: for each block of <see cref="PanelRows"/> rows, column after column, followed by a constant column. Scaling is only a
/// change of variables: coefficient = scale * variable, and the penalty on a variable is the
/// penalty on the coefficient times scale squared. The optimum remains that of the original columns.
/// </summary>
/// <param name="Columns">The number of columns, including the constant one.</param>
/// <param name="Panels">The number of panels. The last is padded with rows of zeros.</param>
/// <param name="Cells">Panels x columns x rows of a panel.</param>
/// <param name="Weights">One weight per row; 0 for padding.</param>
/// <param name="Centres">The weighted mean of each original column, without the constant one.</param>
/// <param name="Scales">The factor of each column.</param>
/// <param name="Penalties">The penalty per variable; 0 for the constant column's.</param>
internal sealed record Design(int Columns, int Panels, double[] Cells, double[] Weights, double[] Centres, double[] Scales,
    double[] Penalties)
{
    // 256 rows x 100 columns fit in a second-level cache of 256 KiB. Horizontal sums cost a sixth of a product.
    public const int PanelRows = 256;

    public int PanelCells => Columns * PanelRows;

    /// <summary>Scales give each variable a curvature of 1: penalty + curvature x (summed weight) x variance, times scale
    /// squared.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="penalty">The L2 penalty per coefficient.</param>
    /// <param name="curvature">The second derivative of one row's loss: 1 for squared error, at most 1/4 for logistic loss.</param>
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
                return Outcome.Fail<Design>($"column '{features.Names[j]}'", "the sum of its values overflows a double",
                    "Divide the column by a large number.");
            }

            var steepness = double.Hypot(Math.Sqrt(penalty), Math.Sqrt(curvature * total) * deviation);
            centres[j] = centre;
            scales[j] = steepness > 0 ? 1 / steepness : 1;
            if (double.IsInfinity(scales[j]))
                return new Outcome<Design>.Fail(ColumnUnits.TooNarrow($"column '{features.Names[j]}'", deviation));
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

    /// <summary>The sum over rows of factor x weight x row x row', plus the penalties: columns x columns, lower triangle.</summary>
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

    /// <summary>The sum over rows of weight x number x row: one number per column.</summary>
    public unsafe double[] Correlate(double[] numbers)
    {
        var sums = new double[Columns];
        var weighted = new double[numbers.Length];
        for (var i = 0; i < numbers.Length; i++) weighted[i] = Weights[i] * numbers[i];
        fixed (double* cells = Cells, y = weighted, s = sums)
        {
            for (var panel = 0; panel < Panels; panel++)
            {
                DenseKernels.AddProducts(y + panel * PanelRows, 1, PanelRows, cells + (long)panel * PanelCells, Columns, PanelRows,
                    PanelRows, s, Columns);
            }
        }

        return sums;
    }

    /// <summary>Subtracts each row's linear score from its number.</summary>
    public unsafe void Subtract(double[] factors, double[] numbers)
    {
        var opposite = factors.Select(factor => -factor).ToArray();
        fixed (double* cells = Cells, f = opposite, n = numbers)
        {
            for (var panel = 0; panel < Panels; panel++)
                DenseKernels.AddCombination(cells + (long)panel * PanelCells, Columns, PanelRows, f, n + panel * PanelRows, PanelRows);
        }
    }

    /// <summary>The weighted mean and standard deviation of a column, taken about its first value. The deviation of a constant column is
    /// exactly 0.</summary>
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
