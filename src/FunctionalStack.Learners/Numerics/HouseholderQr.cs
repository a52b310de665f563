namespace FunctionalStack.Learners;

/// <summary>
/// The triangular factor R of X = QR: a square matrix with |R w| = |X w| for every w, which reduces least squares over many rows
/// to few. Uses Householder reflections, panel by panel below the triangle so far (Golub &amp; Van Loan 2013,
/// sections 5.2 and 5.1.9), which avoids the loss of precision of X'X. Single-threaded, with a fixed order of sums.
/// </summary>
internal static class HouseholderQr
{
    // 256 rows of 20 columns fit in a first-level cache.
    private const int PanelRows = 256;

    /// <summary>The factor R of a matrix.</summary>
    /// <param name="columns">Columns of equal length whose squares do not overflow.</param>
    /// <returns>The same number of columns, each with at most as many rows. Zeros below the diagonal are included.</returns>
    public static double[][] Triangle(double[][] columns)
    {
        var (size, count) = (columns.Length, columns[0].Length);
        var panel = Array.ConvertAll(columns, _ => new double[size + PanelRows]);
        var filled = 0;
        for (var from = 0; from < count; from += PanelRows)
        {
            var more = Math.Min(PanelRows, count - from);
            for (var c = 0; c < size; c++) columns[c].AsSpan(from, more).CopyTo(panel[c].AsSpan(filled));
            Reflect(panel, filled + more, size);
            filled = Math.Min(filled + more, size);
            for (var c = 0; c < size; c++) panel[c].AsSpan(Math.Min(c + 1, filled)).Clear();
        }

        return Array.ConvertAll(panel, column => column[..filled]);
    }

    /// <summary>Zeroes the first <paramref name="pivots"/> columns of a matrix below their diagonal, applying the reflections to all
    /// columns.</summary>
    public static void Reflect(double[][] columns, int rows, int pivots)
    {
        for (var pivot = 0; pivot < Math.Min(pivots, rows); pivot++)
        {
            var v = columns[pivot].AsSpan(pivot, rows - pivot);
            var length = Math.Sqrt(Vectors.DotOfLong(v, v));
            if (length == 0) continue;
            var diagonal = v[0] > 0 ? -length : length;
            v[0] -= diagonal;
            var factor = 2 / Vectors.DotOfLong(v, v);
            for (var c = pivot + 1; c < columns.Length; c++)
            {
                var column = columns[c].AsSpan(pivot, rows - pivot);
                Vectors.Add(column, -factor * Vectors.DotOfLong(v, column), v);
            }

            v.Clear();
            v[0] = diagonal;
        }
    }
}
