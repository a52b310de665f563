namespace FunctionalStack.Learners;

/// <summary>
/// Cyclic coordinate descent with covariance updates (Friedman, Hastie &amp; Tibshirani 2010, section 2.2). Minimizes half the
/// squared distance |y - X t|², plus the sum of l1 |t|, plus half the sum of l2 t². It needs only products of columns, so the cost of a
/// sweep does not depend on the number of rows, and unchanged variables cost nothing.
/// </summary>
/// <param name="gram">X'X: columns x columns, both triangles. A diagonal cell of 0 is a column of zeros.</param>
/// <param name="correlation">X'y.</param>
/// <param name="square">y'y.</param>
/// <param name="l1">The L1 penalty per variable; above 0.</param>
/// <param name="l2">The L2 penalty per variable; at least 0.</param>
internal sealed class CoordinateDescent(double[] gram, double[] correlation, double square, double[] l1, double[] l2)
{
    private readonly int columns = correlation.Length;
    private readonly double[] at = new double[correlation.Length];

    // X'(y - X t), updated with each step.
    private readonly double[] residual = [.. correlation];

    public static CoordinateDescent Of(Design design, double[] numbers, double[] l1, double[] l2)
    {
        var (columns, whole) = (l1.Length, design.Gram(1));
        var gram = new double[columns * columns];
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++) gram[i * columns + j] = gram[j * columns + i] = whole[i * design.Columns + j];
        }

        var square = 0.0;
        for (var i = 0; i < numbers.Length; i++) square += design.Weights[i] * numbers[i] * numbers[i];
        return new(gram, design.Correlate(numbers)[..columns], square, l1, l2);
    }

    /// <summary>Sweeps until the duality gap is at most <paramref name="tolerance"/> times y'y.</summary>
    public Descent Minimize(int sweeps, double tolerance)
    {
        var done = 0;
        while (done < sweeps)
        {
            Sweep(Swept.All);
            done++;
            if (Gap() <= tolerance * square) return new(at, done, true);

            // Variables at 0 mostly stay there, so the others are optimized first.
            for (var (change, first) = (double.PositiveInfinity, 0.0); done < sweeps && change > 0.01 * first; done++)
            {
                change = Sweep(Swept.NotZero);
                first = Math.Max(first, change);
            }
        }

        return new(at, done, Gap() <= tolerance * square);
    }

    /// <summary>The variables of a sweep.</summary>
    private enum Swept
    {
        All,
        NotZero,
    }

    /// <summary>One step per variable. Returns the largest step, in units of y.</summary>
    private double Sweep(Swept which)
    {
        var largest = 0.0;
        for (var j = 0; j < columns; j++)
        {
            var (before, own) = (at[j], gram[j * columns + j]);
            if (own == 0 || (before == 0 && which == Swept.NotZero)) continue;
            var pull = residual[j] + own * before;
            var after = Math.Abs(pull) <= l1[j] ? 0 : (pull - Math.CopySign(l1[j], pull)) / (own + l2[j]);
            if (after == before) continue;
            at[j] = after;
            var row = gram.AsSpan(j * columns, columns);
            var step = after - before;
            for (var i = 0; i < columns; i++) residual[i] -= step * row[i];
            largest = Math.Max(largest, Math.Abs(step) * Math.Sqrt(own));
        }

        return largest;
    }

    /// <summary>
    /// An upper bound of the distance to the optimum. With l2 as additional rows of X, the residual, scaled down until no column's
    /// product with it exceeds l1, is dual feasible (Kim et al. 2007, section III).
    /// </summary>
    private double Gap()
    {
        var (fitted, rest, absolute, ridge, shrink) = (0.0, square, 0.0, 0.0, 1.0);
        for (var j = 0; j < columns; j++)
        {
            fitted += at[j] * correlation[j];
            // |y - X t|² = y'y - t'X'y - t'X'(y - X t).
            rest -= at[j] * (correlation[j] + residual[j]);
            absolute += l1[j] * Math.Abs(at[j]);
            ridge += l2[j] * at[j] * at[j];
            var product = Math.Abs(residual[j] - l2[j] * at[j]);
            if (product > l1[j]) shrink = Math.Min(shrink, l1[j] / product);
        }

        rest = Math.Max(0, rest) + ridge;
        var along = square - fitted;
        return 0.5 * rest + absolute - (shrink * along - 0.5 * shrink * shrink * rest);
    }
}
