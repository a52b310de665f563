namespace FunctionalStack.Learners;

/// <summary>
/// Non-negative least squares by the active-set method of Lawson &amp; Hanson (1974, chapter 23). Columns enter
/// one at a time, the one with the steepest descent first, and leave when their coefficient would become negative.
/// At the optimum, every positive coefficient has slope 0 and all other slopes are not positive.
/// </summary>
internal static class NonNegativeSolver
{
    // The cosines and lengths below which a value is rounding error, for columns of length about 1.
    private const double NoSlope = 1e-14;
    private const double NoColumn = 1e-11;
    private const double NoError = 1e-15;

    /// <summary>The x of at least 0 that minimizes |A x - b|. A column that is a linear combination of active ones gets 0.</summary>
    /// <param name="columns">A, column by column, with few rows; of length about 1, or 0.</param>
    /// <param name="b">One number per row of A, of length about 1.</param>
    public static double[] Solve(double[][] columns, double[] b)
    {
        var x = new double[columns.Length];
        var active = new List<int>();
        var seen = new HashSet<string>();
        // Each entering column lowers the error. A set of columns recurs only because of rounding, and then nothing is left to gain.
        while (seen.Add(string.Join(' ', active.Order())))
        {
            var (entering, target) = Entering(columns, b, active);
            if (target is null) break;
            active.Add(entering);
            while (target.Any(one => one <= 0))
            {
                var share = 1.0;
                for (var at = 0; at < target.Length; at++)
                {
                    if (target[at] <= 0) share = Math.Min(share, x[active[at]] / (x[active[at]] - target[at]));
                }

                for (var at = target.Length - 1; at >= 0; at--)
                {
                    var (c, limit) = (active[at], target[at] <= 0 && x[active[at]] / (x[active[at]] - target[at]) <= share);
                    x[c] = limit ? 0 : x[c] + share * (target[at] - x[c]);
                    if (x[c] > 0) continue;
                    x[c] = 0;
                    active.RemoveAt(at);
                }

                target = Coefficients(Rotated(columns, b, active), active.Count);
            }

            for (var at = 0; at < target.Length; at++) x[active[at]] = target[at];
        }

        return x;
    }

    /// <summary>The column that lowers the error most, and the unconstrained coefficients with it. The coefficients are null if no column
    /// lowers the error.</summary>
    private static (int Column, double[]? Target) Entering(double[][] columns, double[] b, List<int> active)
    {
        var inactive = Enumerable.Range(0, columns.Length).Except(active).ToList();
        if (active.Count == b.Length) return (-1, null);

        // Slopes of the residuals of columns and target, given the active columns: for nearly equal columns nothing else keeps its
        // precision.
        var rest = Rotated(columns, b, [.. active, .. inactive], active.Count);
        var error = rest[^1].AsSpan(active.Count);
        var size = Math.Sqrt(Vectors.Dot(error, error));
        if (size <= NoError) return (-1, null);
        var candidates = new List<(double Cosine, int Column)>();
        for (var at = 0; at < inactive.Count; at++)
        {
            var column = rest[active.Count + at].AsSpan(active.Count);
            var length = Math.Sqrt(Vectors.Dot(column, column));
            if (length > NoColumn && Vectors.Dot(column, error) / length / size is var cosine and > NoSlope)
                candidates.Add((cosine, inactive[at]));
        }

        // A column whose coefficient would not be above 0 is a candidate only because of rounding.
        foreach (var (_, column) in candidates.OrderByDescending(one => one.Cosine))
        {
            var target = Coefficients(Rotated(columns, b, [.. active, column]), active.Count + 1);
            if (target[^1] > 0) return (column, target);
        }

        return (-1, null);
    }

    /// <summary>Copies of some columns and of the target, reflected so that the first <paramref name="pivots"/> (or all) become
    /// triangular.</summary>
    private static double[][] Rotated(double[][] columns, double[] b, IReadOnlyList<int> some, int? pivots = null)
    {
        double[][] work = [.. some.Select(c => columns[c].ToArray()), b.ToArray()];
        HouseholderQr.Reflect(work, b.Length, pivots ?? some.Count);
        return work;
    }

    /// <summary>The least-squares coefficients of the triangular columns.</summary>
    private static double[] Coefficients(double[][] triangle, int size)
    {
        var x = new double[size];
        for (var i = size - 1; i >= 0; i--)
        {
            var sum = triangle[^1][i];
            for (var j = i + 1; j < size; j++) sum -= triangle[j][i] * x[j];
            x[i] = sum / triangle[i][i];
        }

        return x;
    }
}
