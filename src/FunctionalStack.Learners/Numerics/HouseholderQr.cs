namespace FunctionalStack.Learners;

/// <summary>
/// The triangle R of X = QR: as many rows as columns, and |R w| = |X w| for every w, so that least squares over many rows
/// are those over few. By Householder's reflections, panel after panel under the triangle so far (Golub &amp; Van Loan 2013,
/// sections 5.2 and 5.1.9), which loses none of the digits that products of columns lose. One thread, sums in fixed order.
/// </summary>
internal static class HouseholderQr
{
    // 256 rows of 20 columns lie in a first-level cache.
    private const int PanelRows = 256;

    /// <param name="columns">Columns of one length, none of them with numbers whose squares overflow.</param>
    /// <returns>As many columns, each of at most as many rows; zeros below the diagonal are left in.</returns>
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

    /// <summary>Makes the first <paramref name="pivots"/> columns of a matrix zero below their diagonal, turning all columns alike.</summary>
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
