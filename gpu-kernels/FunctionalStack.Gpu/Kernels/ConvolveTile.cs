using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>The layout for the tiles of a convolution over a zero-padded image; all strides in elements.</summary>
/// <param name="Rows">Output rows per image.</param>
/// <param name="Columns">Output pixels per row.</param>
/// <param name="Image">Elements from one image to the next.</param>
/// <param name="Row">Elements from one image row to the next.</param>
/// <param name="Channels">Elements from one pixel to the next.</param>
/// <param name="Stride">The distance between windows in pixels.</param>
/// <param name="WindowRows">Rows of a window.</param>
/// <param name="Run">Elements of a window's row, which are contiguous.</param>
/// <param name="Filters">Channels of the output.</param>
internal readonly record struct TileGeometry(int Rows, int Columns, int Image, int Row, int Channels, int Stride, int WindowRows, int Run,
    int Filters)
{
    /// <summary>Elements of the kernel per filter.</summary>
    public int Depth => WindowRows * Run;

    /// <summary>The offset of an output pixel's window.</summary>
    public int WindowOf(int pixel)
    {
        var column = pixel % Columns;
        var row = pixel / Columns;
        return row / Rows * Image + (row % Rows * Row + column * Channels) * Stride;
    }

    /// <summary>The offset of element <paramref name="depth"/> within a window.</summary>
    public int Within(int depth) => depth / Run * Row + depth % Run;
}

/// <summary>
/// z = convolution(x, kernel) + bias without shared memory. One item is six pixels by eight or sixteen filters in as many
/// registers, which a processor's compiler vectorizes. Pixels are numbered over the whole batch, so only the last tile is not
/// full; it computes the last pixel repeatedly instead of branching. A dense layer is a convolution of 1 x 1 images.
/// </summary>
internal readonly struct ConvolveTile<TRun>(
    TileGeometry at, int pixels, ArrayView<float> x, ArrayView<float> kernel, int kernelPitch, ArrayView<float> bias, int withBias,
        ArrayView<float> z) : IEach
    where TRun : struct, IRun<TRun>
{
    public const int Pixels = 6;

    public static int Items(int pixels, int filters) => checked((pixels + Pixels - 1) / Pixels * ((filters + TRun.Width - 1) / TRun.Width));

    public void Do(int item)
    {
        var runs = (at.Filters + TRun.Width - 1) / TRun.Width;
        var filter = item % runs * TRun.Width;
        var present = at.Filters - filter;
        var first = item / runs * Pixels;
        var (p1, p2, p3, p4, p5) = (Last(first + 1), Last(first + 2), Last(first + 3), Last(first + 4), Last(first + 5));

        // Separate views, so that the loop has one index.
        var (x0, x1, x2, x3, x4, x5) = (WindowOf(first), WindowOf(p1), WindowOf(p2), WindowOf(p3), WindowOf(p4), WindowOf(p5));
        TRun c0 = TRun.Zero, c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
        var weights = filter;
        for (var row = 0; row < at.WindowRows; row++)
        {
            var from = row * at.Row;
            for (var k = from; k < from + at.Run; k++)
            {
                var b = TRun.Load(kernel, weights);
                weights += kernelPitch;
                c0 = TRun.Fma(x0[k], b, c0);
                c1 = TRun.Fma(x1[k], b, c1);
                c2 = TRun.Fma(x2[k], b, c2);
                c3 = TRun.Fma(x3[k], b, c3);
                c4 = TRun.Fma(x4[k], b, c4);
                c5 = TRun.Fma(x5[k], b, c5);
            }
        }

        if (withBias != 0)
        {
            var b = TRun.Load(bias, filter, present);
            (c0, c1, c2, c3, c4, c5) = (c0 + b, c1 + b, c2 + b, c3 + b, c4 + b, c5 + b);
        }

        c0.Store(z, first * at.Filters + filter, present);
        c1.Store(z, p1 * at.Filters + filter, present);
        c2.Store(z, p2 * at.Filters + filter, present);
        c3.Store(z, p3 * at.Filters + filter, present);
        c4.Store(z, p4 * at.Filters + filter, present);
        c5.Store(z, p5 * at.Filters + filter, present);
    }

    private ArrayView<float> WindowOf(int pixel)
    {
        var from = at.WindowOf(pixel);
        return x.SubView(from, x.Length - from);
    }

    private int Last(int pixel) => pixel < pixels ? pixel : pixels - 1;
}
