namespace FunctionalStack.Learners;

/// <summary>
/// The Cholesky factorization A = L L' of a symmetric positive definite matrix, blocked and left-looking (Golub &amp; Van Loan 2013,
/// section 4.2).
/// Used instead of MathNet's, whose providers may divide sums among threads. This one is always bit-identical.
/// </summary>
internal static unsafe class Cholesky
{
    private const int Block = 16;

    /// <summary>Overwrites the lower triangle of <paramref name="a"/> with L. The rest is scratch memory.</summary>
    /// <param name="a">size x size, row-major. The lower triangle is read.</param>
    /// <param name="size">The number of rows and columns.</param>
    /// <param name="aliased">
    /// A pivot of at most this fraction of its diagonal cell marks a column as a linear combination of earlier ones. The column is
    /// removed, and <see cref="Solve"/> gives it 0. If null, such a column is a failure.
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
                DenseKernels.AddProducts(l + (long)from * size, size - from, size, l + (long)from * size, to - from, size, from,
                    l + (long)from * size + from, size, sign: -1);
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
                            // An infinite pivot makes all quotients 0.
                            row[i] = double.PositiveInfinity;
                        }
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Overwrites <paramref name="b"/> with the solution x of L L' x = b.</summary>
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
