using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>
/// The kernel's gradient over a group of output rows. One item is six elements of a window by eight or sixteen filters, summed
/// over the group's pixels in as many registers.
/// </summary>
/// <param name="at">The convolution's layout; images are in <paramref name="x"/>.</param>
/// <param name="rows">Output rows of the whole batch.</param>
/// <param name="groups">Runs of rows, each with its own gradient in <paramref name="to"/>.</param>
/// <param name="x">The input, normalized, activated and zero-padded.</param>
/// <param name="dz">The gradient of the output, with channels padded to a multiple of eight.</param>
/// <param name="dzImage">Elements from one image of dz to the next.</param>
/// <param name="dzRow">Elements from one row of dz to the next.</param>
/// <param name="dzPixel">Elements from one pixel of dz to the next.</param>
/// <param name="to">Groups x depth x filters.</param>
internal readonly struct KernelGradientTile<TRun>(
    TileGeometry at, int rows, int groups, ArrayView<float> x, ArrayView<float> dz, int dzImage, int dzRow, int dzPixel,
        ArrayView<float> to) : IEach
    where TRun : struct, IRun<TRun>
{
    public const int Taps = 6;

    public static int Items(int groups, int depth, int filters) =>
        checked(groups * ((depth + Taps - 1) / Taps) * ((filters + TRun.Width - 1) / TRun.Width));

    public void Do(int item)
    {
        var runs = (at.Filters + TRun.Width - 1) / TRun.Width;
        var depth = at.Depth;
        var blocks = (depth + Taps - 1) / Taps;
        var filter = item % runs * TRun.Width;
        var k0 = item / runs % blocks * Taps;
        var group = item / runs / blocks;
        var (k1, k2, k3, k4, k5) =
            (Last(k0 + 1, depth), Last(k0 + 2, depth), Last(k0 + 3, depth), Last(k0 + 4, depth), Last(k0 + 5, depth));

        // Separate views, so that the loop has one index.
        var (x0, x1, x2, x3, x4, x5) = (Within(k0), Within(k1), Within(k2), Within(k3), Within(k4), Within(k5));
        TRun c0 = TRun.Zero, c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
        var step = at.Stride * at.Channels;
        var end = (int)((long)rows * (group + 1) / groups);
        for (var row = (int)((long)rows * group / groups); row < end; row++)
        {
            var from = row / at.Rows * at.Image + row % at.Rows * at.Stride * at.Row;
            var d = row / at.Rows * dzImage + row % at.Rows * dzRow + filter;
            for (var column = 0; column < at.Columns; column++)
            {
                var b = TRun.Load(dz, d);
                c0 = TRun.Fma(x0[from], b, c0);
                c1 = TRun.Fma(x1[from], b, c1);
                c2 = TRun.Fma(x2[from], b, c2);
                c3 = TRun.Fma(x3[from], b, c3);
                c4 = TRun.Fma(x4[from], b, c4);
                c5 = TRun.Fma(x5[from], b, c5);
                from += step;
                d += dzPixel;
            }
        }

        var target = group * depth * at.Filters + filter;
        var present = at.Filters - filter;
        c0.Store(to, target + k0 * at.Filters, present);
        c1.Store(to, target + k1 * at.Filters, present);
        c2.Store(to, target + k2 * at.Filters, present);
        c3.Store(to, target + k3 * at.Filters, present);
        c4.Store(to, target + k4 * at.Filters, present);
        c5.Store(to, target + k5 * at.Filters, present);
    }

    private ArrayView<float> Within(int depth)
    {
        var from = at.Within(depth);
        return x.SubView(from, x.Length - from);
    }

    private static int Last(int k, int depth) => k < depth ? k : depth - 1;
}

/// <summary>The sum of <paramref name="parts"/> runs of <paramref name="size"/> elements, in order. One item is eight elements.</summary>
internal readonly struct SumParts(ArrayView<float> from, int parts, int size, ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var at = item * F8.Count;
        var sum = F8.Load(from, at, size - at);
        for (var part = 1; part < parts; part++) sum += F8.Load(from, part * size + at, size - at);
        sum.Store(to, at, size - at);
    }
}
