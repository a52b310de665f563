namespace FunctionalStack.Learners;

/// <summary>
/// A = L L' of a symmetric positive definite matrix, blocked and left-looking (Golub &amp; Van Loan 2013, section 4.2). Own
/// code rather than MathNet's, whose providers may split sums among threads: this one always gives the same bits.
/// </summary>
internal static unsafe class Cholesky
{
    private const int Block = 16;

    /// <summary>Overwrites the lower triangle of <paramref name="a"/> by L; the rest is scratch.</summary>
    /// <param name="a">size x size, row by row; the lower triangle is read.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="aliased">
    /// A pivot that falls to this part of its diagonal cell or below marks a column as a combination of earlier ones: it is
    /// taken out, and <see cref="Solve"/> gives it 0. With null such a column means failure.
    /// </param>
    /// <returns>Whether the matrix could be factored.</returns>
    public static bool Factor(double[] a, int size, double? aliased = null)
    {
        var diagonal = new double[size];
        for (var i = 0; i < size; i++) diagonal[i] = a[(long)i * size + i];
        fixed (double* l = a)
        {
            for (var from = 0; from < size; from += Block)
            {
                var to = Math.Min(from + Block, size);
                DenseKernels.AddProducts(l + (long)from * size, size - from, size, l + (long)from * size, to - from, size, from, l + (long)from * size + from, size, sign: -1);
                for (var i = from; i < size; i++)
                {
                    var row = l + (long)i * size;
                    for (var j = from; j < Math.Min(to, i + 1); j++)
                    {
                        var above = l + (long)j * size;
                        var sum = row[j];
                        for (var c = from; c < j; c++) sum -= row[c] * above[c];
                        if (j < i)
                        {
                            row[j] = double.IsPositiveInfinity(above[j]) ? 0 : sum / above[j];
                        }
                        else if (sum > diagonal[i] * (aliased ?? 0))
                        {
                            row[i] = Math.Sqrt(sum);
                        }
                        else if (aliased is null)
                        {
                            return false;
                        }
                        else
                        {
                            // An infinite pivot divides everything it meets down to 0.
                            row[i] = double.PositiveInfinity;
                        }
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Overwrites <paramref name="b"/> by the solution x of L L' x = b.</summary>
    public static void Solve(double[] l, int size, Span<double> b)
    {
        for (var i = 0; i < size; i++)
        {
            var row = l.AsSpan(i * size, i);
            var sum = b[i];
            for (var j = 0; j < i; j++) sum -= row[j] * b[j];
            b[i] = sum / l[i * size + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var x = b[i] /= l[i * size + i];
            var row = l.AsSpan(i * size, i);
            for (var j = 0; j < i; j++) b[j] -= x * row[j];
        }
    }
}
