using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>The two inner loops of linear models. Single-threaded, with a fixed order of sums.</summary>
internal static unsafe class DenseKernels
{
    /// <summary>
    /// c[i, j] += sign * the sum over r below <paramref name="length"/> of a[i, r] b[j, r], for rows i of a and j of b.
    /// Tiles of 4 x 3 dot products: 12 accumulators, 3 vectors of b and one of a use the 16 registers of AVX2.
    /// </summary>
    /// <param name="a">na rows with stride <paramref name="strideA"/>.</param>
    /// <param name="na">The number of rows of a.</param>
    /// <param name="strideA">The stride of the rows of a.</param>
    /// <param name="b">nb rows with stride <paramref name="strideB"/>.</param>
    /// <param name="nb">The number of rows of b.</param>
    /// <param name="strideB">The stride of the rows of b.</param>
    /// <param name="length">The length of a row.</param>
    /// <param name="c">na x nb results.</param>
    /// <param name="strideC">The stride of the rows of c.</param>
    /// <param name="sign">1 or -1.</param>
    /// <param name="lowerOnly">Whether to compute only tiles that intersect the lower triangle (j at most i). Others are not
    /// changed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(double* a, int na, int strideA, double* b, int nb, int strideB, int length, double* c, int strideC,
        double sign = 1, bool lowerOnly = false)
    {
        var width = Vector<double>.Count;
        var whole = length - length % width;
        var sums = stackalloc double[12];
        for (var i = 0; i < na; i += 4)
        {
            // At the edges a tile repeats its last row. The repeats are computed and discarded.
            var a0 = a + (long)i * strideA;
            var a1 = a + (long)Math.Min(i + 1, na - 1) * strideA;
            var a2 = a + (long)Math.Min(i + 2, na - 1) * strideA;
            var a3 = a + (long)Math.Min(i + 3, na - 1) * strideA;
            var end = lowerOnly ? Math.Min(nb, i + 4) : nb;
            for (var j = 0; j < end; j += 3)
            {
                var b0 = b + (long)j * strideB;
                var b1 = b + (long)Math.Min(j + 1, nb - 1) * strideB;
                var b2 = b + (long)Math.Min(j + 2, nb - 1) * strideB;
                Vector<double> s00 = default, s01 = default, s02 = default, s10 = default, s11 = default, s12 = default;
                Vector<double> s20 = default, s21 = default, s22 = default, s30 = default, s31 = default, s32 = default;
                for (var r = 0; r < whole; r += width)
                {
                    var (y0, y1, y2) = (Vector.Load(b0 + r), Vector.Load(b1 + r), Vector.Load(b2 + r));
                    var x = Vector.Load(a0 + r);
                    (s00, s01, s02) =
                        (Vector.MultiplyAddEstimate(x, y0, s00), Vector.MultiplyAddEstimate(x, y1, s01),
                            Vector.MultiplyAddEstimate(x, y2, s02));
                    x = Vector.Load(a1 + r);
                    (s10, s11, s12) =
                        (Vector.MultiplyAddEstimate(x, y0, s10), Vector.MultiplyAddEstimate(x, y1, s11),
                            Vector.MultiplyAddEstimate(x, y2, s12));
                    x = Vector.Load(a2 + r);
                    (s20, s21, s22) =
                        (Vector.MultiplyAddEstimate(x, y0, s20), Vector.MultiplyAddEstimate(x, y1, s21),
                            Vector.MultiplyAddEstimate(x, y2, s22));
                    x = Vector.Load(a3 + r);
                    (s30, s31, s32) =
                        (Vector.MultiplyAddEstimate(x, y0, s30), Vector.MultiplyAddEstimate(x, y1, s31),
                            Vector.MultiplyAddEstimate(x, y2, s32));
                }

                (sums[0], sums[1], sums[2]) = (Vector.Sum(s00), Vector.Sum(s01), Vector.Sum(s02));
                (sums[3], sums[4], sums[5]) = (Vector.Sum(s10), Vector.Sum(s11), Vector.Sum(s12));
                (sums[6], sums[7], sums[8]) = (Vector.Sum(s20), Vector.Sum(s21), Vector.Sum(s22));
                (sums[9], sums[10], sums[11]) = (Vector.Sum(s30), Vector.Sum(s31), Vector.Sum(s32));
                for (var di = 0; di < Math.Min(4, na - i); di++)
                {
                    for (var dj = 0; dj < Math.Min(3, nb - j); dj++)
                    {
                        var sum = sums[di * 3 + dj];
                        for (var r = whole; r < length; r++) sum += a[(long)(i + di) * strideA + r] * b[(long)(j + dj) * strideB + r];
                        c[(long)(i + di) * strideC + j + dj] += sign * sum;
                    }
                }
            }
        }
    }

    /// <summary>sum[r] += the sum over columns j of factors[j] x[j, r], for r below <paramref name="length"/>, a multiple of the vector
    /// width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddCombination(double* x, int columns, int stride, double* factors, double* sum, int length)
    {
        var width = Vector<double>.Count;
        var j = 0;
        for (; j + 4 <= columns; j += 4)
        {
            var (x0, x1, x2, x3) =
                ((nint)(x + j * stride), (nint)(x + (j + 1) * stride), (nint)(x + (j + 2) * stride), (nint)(x + (j + 3) * stride));
            var (f0, f1, f2, f3) =
                (new Vector<double>(factors[j]), new Vector<double>(factors[j + 1]), new Vector<double>(factors[j + 2]),
                    new Vector<double>(factors[j + 3]));
            for (var r = 0; r < length; r += width)
            {
                var s = Vector.MultiplyAddEstimate(f0, Vector.Load((double*)x0 + r), Vector.Load(sum + r));
                s = Vector.MultiplyAddEstimate(f1, Vector.Load((double*)x1 + r), s);
                s = Vector.MultiplyAddEstimate(f2, Vector.Load((double*)x2 + r), s);
                Vector.Store(Vector.MultiplyAddEstimate(f3, Vector.Load((double*)x3 + r), s), sum + r);
            }
        }

        for (; j < columns; j++)
        {
            var f = new Vector<double>(factors[j]);
            for (var r = 0; r < length; r += width)
                Vector.Store(Vector.MultiplyAddEstimate(f, Vector.Load(x + j * stride + r), Vector.Load(sum + r)), sum + r);
        }
    }
}
