using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The triangle R of X = QR: as many rows as columns, and |R w| = |X w| for every w, so that least squares over many rows
/// are those over few. By Householder's reflections, panel after panel under the triangle so far (Golub &amp; Van Loan 2013,
/// sections 5.2 and 5.1.9), which loses none of the digits that products of columns lose. One thread, sums in fixed order.
/// </summary>
internal static class Triangle
{
    // 256 rows of 20 columns lie in a first-level cache.
    private const int PanelRows = 256;

    /// <param name="columns">Columns of one length, none of them with numbers whose squares overflow.</param>
    /// <returns>As many columns, each of at most as many rows; zeros below the diagonal are left in.</returns>
    public static double[][] Of(double[][] columns)
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
            var length = Math.Sqrt(Dot(v, v));
            if (length == 0) continue;
            var diagonal = v[0] > 0 ? -length : length;
            v[0] -= diagonal;
            var factor = 2 / Dot(v, v);
            for (var c = pivot + 1; c < columns.Length; c++)
            {
                var column = columns[c].AsSpan(pivot, rows - pivot);
                Add(column, -factor * Dot(v, column), v);
            }

            v.Clear();
            v[0] = diagonal;
        }
    }

    /// <summary>Four running sums of vectors: a single one waits for each addition.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(a);
        var y = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (s0, s1, s2, s3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++) s0 += x[i] * y[i];
        var sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (var rest = x.Length * Vector<double>.Count; rest < a.Length; rest++) sum += a[rest] * b[rest];
        return sum;
    }

    private static void Add(Span<double> to, double factor, ReadOnlySpan<double> vector)
    {
        var x = MemoryMarshal.Cast<double, Vector<double>>(to);
        var y = MemoryMarshal.Cast<double, Vector<double>>(vector);
        var f = new Vector<double>(factor);
        for (var i = 0; i < x.Length; i++) x[i] += f * y[i];
        for (var rest = x.Length * Vector<double>.Count; rest < to.Length; rest++) to[rest] += factor * vector[rest];
    }
}
