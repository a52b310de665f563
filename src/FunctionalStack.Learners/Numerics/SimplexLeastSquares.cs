namespace FunctionalStack.Learners;

/// <summary>Minimizes the norm of the weighted sum of columns, with weights of at least 0 that sum to 1.</summary>
internal static class SimplexLeastSquares
{
    /// <summary>
    /// Solved as non-negative least squares of the columns, with a row of ones appended, against 0, ..., 0, 1 (Lawson &amp; Hanson 1974,
    /// problem
    /// LDP). The weights are the solution divided by its sum. Columns are scaled to length 1 first, so neither their scale nor a common
    /// offset
    /// costs precision. A column of zeros gets all of the weight. The first of several equal columns gets it.
    /// </summary>
    /// <param name="columns">At least one, of equal length. They are scaled in place.</param>
    public static double[] Weights(double[][] columns)
    {
        var weights = new double[columns.Length];
        var lengths = Array.ConvertAll(columns, Units.ToLengthOne);
        var least = lengths.Min();
        if (least == 0 || columns.Length == 1)
        {
            weights[Array.IndexOf(lengths, least)] = 1;
            return weights;
        }

        var ones = Array.ConvertAll(lengths, length => least / length);
        var rows = HouseholderQr.Triangle(columns).Select((column, c) => (double[])[.. column, ones[c]]).ToArray();
        var goal = new double[rows[0].Length];
        goal[^1] = 1;
        var u = NonNegativeSolver.Solve(rows, goal);
        var sum = 0.0;
        for (var c = 0; c < weights.Length; c++) sum += weights[c] = u[c] * ones[c];
        for (var c = 0; c < weights.Length; c++) weights[c] /= sum;
        return weights;
    }
}
