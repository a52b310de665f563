using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public unsafe class GemmTests
{
    private static readonly Gen<int> sizes = Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(90, 130), Gen.Choose(250, 300));

    [Property(MaxTest = 30)]
    public Property The_product_is_the_sum_of_products() =>
        Prop.ForAll(Arb.From(Gen.Four(sizes)), size =>
        {
            var (rows, columns, depth, seed) = size;
            var transposed = seed % 2 == 1;
            var (a, b) = (Workbench.Numbers(seed, rows * depth), Workbench.Numbers(seed + 1, depth * columns));
            foreach (var lanes in Workbench.Widths)
            {
                var c = Multiply(1, lanes, a, b, rows, columns, depth, transposed);
                for (var i = 0; i < rows * columns; i++)
                {
                    var (row, column, sum, size2) = (i / columns, i % columns, 0.0, 0.0);
                    for (var k = 0; k < depth; k++)
                    {
                        var product = (double)a[transposed ? k * rows + row : row * depth + k] * b[k * columns + column];
                        (sum, size2) = (sum + product, size2 + Math.Abs(product));
                    }

                    // Each addition rounds by at most 2^-24 of a partial sum.
                    Assert.Equal(sum, c[i], 1e-6 + size2 * depth * Math.Pow(2, -24));
                }
            }
        });

    [Property(MaxTest = 10)]
    public Property Threads_change_no_bit() =>
        Prop.ForAll(Arb.From(Gen.Three(sizes)), size =>
        {
            var (rows, columns, depth) = size;
            var (a, b) = (Workbench.Numbers(1, rows * depth), Workbench.Numbers(2, depth * columns));
            Assert.Equal(Multiply(1, 8, a, b, rows, columns, depth, false), Multiply(3, 8, a, b, rows, columns, depth, false));
        });

    private static float[] Multiply(int threads, int lanes, float[] a, float[] b, int rows, int columns, int depth, bool transposed) =>
        lanes switch
        {
            16 => Multiply<Vector512<float>, Lanes512>(threads, a, b, rows, columns, depth, transposed),
            8 => Multiply<Vector256<float>, Lanes256>(threads, a, b, rows, columns, depth, transposed),
            _ => Multiply<Vector128<float>, Lanes128>(threads, a, b, rows, columns, depth, transposed),
        };

    private static float[] Multiply<V, L>(int threads, float[] a, float[] b, int rows, int columns, int depth, bool transposed)
        where V : struct
        where L : struct, ILanes<V>
    {
        using var pool = new WorkerPool(threads);
        using var scratch = new HostMemory(Gemm<V, L>.ScratchSize(threads, depth, columns));
        // Memory between C's rows is unchanged.
        var c = Enumerable.Repeat(float.NaN, rows * (columns + 3)).ToArray();
        fixed (float* atA = a, atB = b, atC = c)
        {
            var (aRow, aDepth) = transposed ? (1, rows) : (depth, 1);
            Gemm<V, L>.Multiply(pool, rows, columns, depth, atA, aRow, aDepth, atB, columns, atC, columns + 3, scratch.Start);
        }

        Assert.All(c.Chunk(columns + 3), row => Assert.All(row[columns..], x => Assert.Equal(float.NaN, x)));
        return [.. c.Chunk(columns + 3).SelectMany(row => row[..columns])];
    }
}
