namespace FunctionalStack.Learners;

/// <summary>The weights of at least 0 that sum to 1 and make the length of the weighted sum of columns least.</summary>
internal static class SimplexLeastSquares
{
    /// <summary>
    /// With u the weights over the squared length they reach, this is least squares with coefficients of at least 0 of a
    /// row of ones below the columns against 0, ..., 0, 1 (Lawson &amp; Hanson 1974, problem LDP): whatever u sums to, the
    /// weights are u over it. Columns are brought to length 1 first, so neither their scale nor that of their common place
    /// costs digits. A column of zeros takes all; of equal columns the first does.
    /// </summary>
    /// <param name="columns">At least one, of one length; they are scaled in place.</param>
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
