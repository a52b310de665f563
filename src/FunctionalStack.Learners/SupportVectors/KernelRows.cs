using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Rows arranged so that a row's kernel with all of them is one SIMD pass in single precision: groups of 64 rows, each
/// column by column. Columns in which the row is 0 are skipped, which are most columns of one-hot encoded tables.
/// </summary>
/// <remarks>
/// The radial kernel of rows near the centre uses |x|² + |y|² - 2xy, with an absolute error of at most about 1e-4. For rows
/// farther from the centre it sums squared differences, which is accurate but skips nothing.
/// </remarks>
internal sealed unsafe class KernelRows
{
    private const int Group = 64;

    // For larger squared norms, the single-precision distance would be too inaccurate.
    private const float LargestNorm = 256;

    private readonly Kernel kernel;
    private readonly int columns;
    private readonly float[] cells;
    private readonly float[] norms;
    private readonly bool near;
    private readonly int[] used;

    /// <summary>Arranges the rows.</summary>
    /// <param name="kernel">The kernel. Rows are scaled so that gamma is 1.</param>
    /// <param name="rows">count x columns, row-major.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    public KernelRows(Kernel kernel, ReadOnlySpan<float> rows, int count, int columns)
    {
        (this.kernel, this.columns) = (kernel, columns);
        Stride = (count + Group - 1) / Group * Group;
        cells = new float[(long)Stride * columns];
        norms = new float[Stride];
        used = new int[columns];
        var largest = 0f;
        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * columns, columns);
            norms[i] = Norm(row);
            largest = Math.Max(largest, norms[i]);
            var at = (long)(i / Group) * Group * columns + i % Group;
            for (var c = 0; c < row.Length; c++, at += Group) cells[at] = row[c];
        }

        Diagonal = new double[count];
        for (var i = 0; i < count; i++) Diagonal[i] = kernel == Kernel.Rbf ? 1 : norms[i];
        near = largest <= LargestNorm;
    }

    /// <summary>The number of rows, padded to whole groups.</summary>
    public int Stride { get; }

    /// <summary>Each row's kernel with itself.</summary>
    public double[] Diagonal { get; }

    /// <summary>Writes the kernel of <paramref name="row"/> with every row. The values of padding rows are meaningless.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Of(ReadOnlySpan<float> row, Span<float> kernels)
    {
        var norm = Norm(row);
        var differences = kernel == Kernel.Rbf && !(near && norm <= LargestNorm);
        var count = 0;
        for (var c = 0; c < row.Length; c++)
        {
            if (differences || row[c] != 0) used[count++] = c;
        }

        fixed (float* x = row, all = cells, n = norms, k = kernels)
        fixed (int* u = used)
        {
            for (var group = 0; group < Stride; group += Group)
            {
                var from = all + (long)group * columns;
                for (var lane = 0; lane < Group; lane += 4 * Vector<float>.Count)
                {
                    if (differences) Differences(x, u, count, from + lane, k + group + lane);
                    else Products(x, u, count, from + lane, k + group + lane);
                }

                if (kernel == Kernel.Linear) continue;
                var (zero, two, own) = (Vector<float>.Zero, new Vector<float>(2), new Vector<float>(norm));
                for (var lane = group; lane < group + Group; lane += Vector<float>.Count)
                {
                    var sum = Vector.Load(k + lane);
                    var distance = differences ? sum : Vector.Max(zero, own + Vector.Load(n + lane) - two * sum);
                    Vector.Store(Vector.Exp(zero - distance), k + lane);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products(float* row, int* used, int count, float* cells, float* sums)
    {
        var width = Vector<float>.Count;
        Vector<float> a = default, b = default, c = default, d = default;
        for (var u = 0; u < count; u++)
        {
            var x = new Vector<float>(row[used[u]]);
            var y = cells + used[u] * Group;
            a = Vector.MultiplyAddEstimate(x, Vector.Load(y), a);
            b = Vector.MultiplyAddEstimate(x, Vector.Load(y + width), b);
            c = Vector.MultiplyAddEstimate(x, Vector.Load(y + 2 * width), c);
            d = Vector.MultiplyAddEstimate(x, Vector.Load(y + 3 * width), d);
        }

        Vector.Store(a, sums);
        Vector.Store(b, sums + width);
        Vector.Store(c, sums + 2 * width);
        Vector.Store(d, sums + 3 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Differences(float* row, int* used, int count, float* cells, float* sums)
    {
        var width = Vector<float>.Count;
        Vector<float> a = default, b = default, c = default, d = default;
        for (var u = 0; u < count; u++)
        {
            var x = new Vector<float>(row[used[u]]);
            var y = cells + used[u] * Group;
            var (e, f, g, h) =
                (x - Vector.Load(y), x - Vector.Load(y + width), x - Vector.Load(y + 2 * width), x - Vector.Load(y + 3 * width));
            a = Vector.MultiplyAddEstimate(e, e, a);
            b = Vector.MultiplyAddEstimate(f, f, b);
            c = Vector.MultiplyAddEstimate(g, g, c);
            d = Vector.MultiplyAddEstimate(h, h, d);
        }

        Vector.Store(a, sums);
        Vector.Store(b, sums + width);
        Vector.Store(c, sums + 2 * width);
        Vector.Store(d, sums + 3 * width);
    }

    private static float Norm(ReadOnlySpan<float> row)
    {
        var norm = 0.0;
        foreach (var cell in row) norm += (double)cell * cell;
        return (float)norm;
    }
}
