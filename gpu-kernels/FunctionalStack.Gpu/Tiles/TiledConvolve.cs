using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// A convolution as the product of its windows and its kernel (implicit GEMM). Tiles are 128 pixels by 32, 64 or 128 filters.
/// Eight elements of the depth at a time go through shared memory while the next eight are loaded to registers. With the kernel
/// transposed it is the gradient of the input. A dense layer is a convolution of 1 x 1 images.
/// </summary>
/// <param name="x">Pixels x depth.</param>
/// <param name="pixels">Pixels of the whole batch.</param>
/// <param name="kernel">Taps x channels x filters; if transposed, it is read as reversed taps x filters x channels.</param>
/// <param name="filters">Columns of the result.</param>
/// <param name="transposed">Whether to read the kernel transposed.</param>
/// <param name="bias">One value per filter, if there is a bias.</param>
/// <param name="withBias">Whether there is a bias; only with one part.</param>
/// <param name="parts">Runs of the depth, each with its own result.</param>
/// <param name="z">Parts x pixels x filters.</param>
/// <param name="partials">Row tiles x filters means, then as many sums of squared deviations: the moments of blocks of 128 pixels. Only
/// with one part, and if the epilogue computes them.</param>
internal readonly struct TiledConvolve<TShape, TProducts, TEpilogue, TWindows>(
    TWindows x, int pixels, ArrayView<float> kernel, int filters, int transposed, ArrayView<float> bias, int withBias, int parts,
    ArrayView<float> z,
    ArrayView<float> partials) : ITile
    where TShape : struct, ITileShape
    where TProducts : struct, IProducts
    where TEpilogue : struct, IEpilogue
    where TWindows : struct, IWindows
{
    public static int Threads => Accumulators.Rows / 8 * (TShape.Columns / 8);

    public static int Tiles(int pixels, int filters) =>
        checked((pixels + Accumulators.Rows - 1) / Accumulators.Rows * ((filters + TShape.Columns - 1) / TShape.Columns));

    public void Do(int group)
    {
        var a = new Panel(SharedMemory.Allocate<F4>(Panel.Size), Accumulators.Rows);
        var b = new Panel(SharedMemory.Allocate<F4>(Panel.Size), TShape.Columns);
        var across = (filters + TShape.Columns - 1) / TShape.Columns;
        var down = (pixels + Accumulators.Rows - 1) / Accumulators.Rows;
        var first = group / across % down * Accumulators.Rows;
        var filter = group % across * TShape.Columns;
        var part = group / across / down;
        var end = (int)((long)x.Depth * (part + 1) / parts);
        var octet = (int)((long)x.Depth * part / parts);
        var thread = Group.IdxX;

        // 256 threads: one half loads pixels, the other the kernel. 128: each loads one pixel. 64: each loads two.
        var origin = x.OriginOf(Inside(first + thread % Accumulators.Rows));
        var second = x.OriginOf(Inside(first + Accumulators.Rows / 2 + thread % (Accumulators.Rows / 2)));
        var loader = Threads > Accumulators.Rows ? thread - Accumulators.Rows : thread;
        F8 nextA = Pixel(origin, octet), nextA2 = Threads < Accumulators.Rows
            ? Pixel(second, octet) : nextA, nextB = Weights(loader, filter, octet);
        Fill(a, b, 0, thread, loader, nextA, nextA2, nextB);
        Group.Barrier();
        var (row, column) = TProducts.BlockOf(thread, TShape.Columns);
        var sums = default(Accumulators);
        for (var stage = 0; octet < end; octet++)
        {
            if (octet + 1 < end)
            {
                nextA = Pixel(origin, octet + 1);
                if (Threads < Accumulators.Rows) nextA2 = Pixel(second, octet + 1);
                nextB = Weights(loader, filter, octet + 1);
            }

            var (left, right) = (a.Buffer(stage), b.Buffer(stage));
            sums = TProducts.Add(sums, left, right, row, column, TShape.Columns);
            stage = 1 - stage;
            if (octet + 1 < end) Fill(a, b, stage, thread, loader, nextA, nextA2, nextB);
            Group.Barrier();
        }

        if (withBias != 0) sums.AddToAll(Accumulators.Load<TProducts>(bias, filter, column, TShape.Columns, filters - filter));
        if (TEpilogue.HasMoments) Moments(sums, first, filter, row, column);
        Store(sums.R0, part, first, row, 0, filter, column);
        Store(sums.R1, part, first, row, 1, filter, column);
        Store(sums.R2, part, first, row, 2, filter, column);
        Store(sums.R3, part, first, row, 3, filter, column);
        Store(sums.R4, part, first, row, 4, filter, column);
        Store(sums.R5, part, first, row, 5, filter, column);
        Store(sums.R6, part, first, row, 6, filter, column);
        Store(sums.R7, part, first, row, 7, filter, column);
    }

    // First the tile's mean, then the deviations from it, to avoid cancellation. All threads take part.
    private void Moments(Accumulators sums, int first, int filter, int row, int column)
    {
        var shared = SharedMemory.Allocate<float>(Accumulators.Rows / 8 * Accumulators.Rows);
        var present = Least(Accumulators.Rows, pixels - first);
        var total = OfAll(shared, sums.Total<TProducts>(row, present), row, column);
        var mean = 1f / present * total;
        Group.Barrier();
        var squares = OfAll(shared, sums.Squares<TProducts>(mean, row, present), row, column);
        if (row != 0) return;
        var at = first / Accumulators.Rows * filters + filter;
        Accumulators.Store<TProducts>(mean, partials, at, column, TShape.Columns, filters - filter);
        var tiles = (pixels + Accumulators.Rows - 1) / Accumulators.Rows;
        Accumulators.Store<TProducts>(squares, partials, tiles * filters + at, column, TShape.Columns, filters - filter);
    }

    // The sum of these columns over all threads, in the order of their rows.
    private static F8 OfAll(ArrayView<float> shared, F8 own, int row, int column)
    {
        own.Store(shared, row * TShape.Columns + column * F8.Count);
        Group.Barrier();
        var sum = F8.Load(shared, column * F8.Count);
        for (var other = 1; other < Accumulators.Rows / 8; other++) sum += F8.Load(shared, other * TShape.Columns + column * F8.Count);
        return sum;
    }

    private F8 Pixel(WindowOrigin origin, int octet) => x.At(origin, octet);

    // Not transposed: eight filters of one of the octet's channels. Transposed: the octet's channels of one filter.
    private F8 Weights(int loader, int filter, int octet)
    {
        if (loader < 0 | loader >= TShape.Columns) return F8.Of(0);
        if (transposed != 0)
        {
            filter += loader;
            return filter < filters ? x.Transposed(kernel, filters, filter, octet) : F8.Of(0);
        }

        var row = x.RowOf(octet, loader / (TShape.Columns / 8));
        filter += loader % (TShape.Columns / 8) * 8;
        return row >= 0 & filter < filters ? F8.Load(kernel, row * filters + filter, filters - filter) : F8.Of(0);
    }

    private void Fill(Panel a, Panel b, int stage, int thread, int loader, F8 nextA, F8 nextA2, F8 nextB)
    {
        if (thread < Accumulators.Rows) a.Down(stage, thread, TProducts.Ready(nextA));
        if (Threads < Accumulators.Rows) a.Down(stage, Accumulators.Rows / 2 + thread, TProducts.Ready(nextA2));
        if (loader < 0 | loader >= TShape.Columns) return;
        if (transposed != 0) b.Down(stage, loader, TProducts.Ready(nextB));
        else b.Across(stage, loader / (TShape.Columns / 8), loader % (TShape.Columns / 8) * 8, TProducts.Ready(nextB));
    }

    private void Store(F8 sums, int part, int first, int row, int number, int filter, int column)
    {
        var pixel = first + TProducts.RowOf(row, number);
        if (pixel >= pixels) return;
        Accumulators.Store<TProducts>(sums, z, (part * pixels + pixel) * filters + filter, column, TShape.Columns, filters - filter);
    }

    private int Inside(int pixel) => Least(pixel, pixels - 1);

    private static int Least(int a, int b) => a < b ? a : b;
}
