using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// A convolution as the product of its windows and its kernel (implicit GEMM): tiles of 128 pixels by 32, 64 or 128 filters,
/// eight of the depth at a time through shared memory, the next eight on their way in registers meanwhile. With the kernel
/// turned about it is the gradient by the input. A dense layer is a convolution of 1 x 1 images.
/// </summary>
/// <param name="x">Pixels x depth.</param>
/// <param name="pixels">Of the whole batch.</param>
/// <param name="kernel">Taps x channels x filters; turned: taps x filters x channels, taps backwards.</param>
/// <param name="filters">Columns of the result.</param>
/// <param name="transposed">Whether to read the kernel turned about.</param>
/// <param name="bias">A number a filter, if there is one.</param>
/// <param name="withBias">Whether there is; only with one part.</param>
/// <param name="parts">Runs of the depth, each with a result of its own.</param>
/// <param name="z">Parts x pixels x filters.</param>
/// <param name="partials">Row tiles x filters means, then as many sums of squared deviations: the moments of blocks of 128 pixels; only with one part, and where the epilogue has them.</param>
internal readonly struct TiledConvolve<TShape, TProducts, TEpilogue, TWindows>(
    TWindows x, int pixels, ArrayView<float> kernel, int filters, int transposed, ArrayView<float> bias, int withBias, int parts, ArrayView<float> z,
    ArrayView<float> partials) : ITile
    where TShape : struct, ITileShape
    where TProducts : struct, IProducts
    where TEpilogue : struct, IEpilogue
    where TWindows : struct, IWindows
{
    public static int Members => Accumulators.Rows / 8 * (TShape.Columns / 8);

    public static int Tiles(int pixels, int filters) => checked((pixels + Accumulators.Rows - 1) / Accumulators.Rows * ((filters + TShape.Columns - 1) / TShape.Columns));

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
        var member = Group.IdxX;

        // 256 members: one half loads pixels, the other the kernel. 128: all load a pixel. 64: two each.
        var origin = x.OriginOf(Inside(first + member % Accumulators.Rows));
        var second = x.OriginOf(Inside(first + Accumulators.Rows / 2 + member % (Accumulators.Rows / 2)));
        var loader = Members > Accumulators.Rows ? member - Accumulators.Rows : member;
        F8 nextA = Pixel(origin, octet), nextA2 = Members < Accumulators.Rows ? Pixel(second, octet) : nextA, nextB = Weights(loader, filter, octet);
        Fill(a, b, 0, member, loader, nextA, nextA2, nextB);
        Group.Barrier();
        var (row, column) = TProducts.BlockOf(member, TShape.Columns);
        var sums = default(Accumulators);
        for (var turn = 0; octet < end; octet++)
        {
            if (octet + 1 < end)
            {
                nextA = Pixel(origin, octet + 1);
                if (Members < Accumulators.Rows) nextA2 = Pixel(second, octet + 1);
                nextB = Weights(loader, filter, octet + 1);
            }

            var (left, right) = (a.Buffer(turn), b.Buffer(turn));
            sums = TProducts.Add(sums, left, right, row, column, TShape.Columns);
            turn = 1 - turn;
            if (octet + 1 < end) Fill(a, b, turn, member, loader, nextA, nextA2, nextB);
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

    // The tile's own mean first, then the deviations from it: nothing cancels. All members take part.
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

    // The sum over all members of these columns, in the order of their rows.
    private static F8 OfAll(ArrayView<float> shared, F8 own, int row, int column)
    {
        own.Store(shared, row * TShape.Columns + column * F8.Count);
        Group.Barrier();
        var sum = F8.Load(shared, column * F8.Count);
        for (var other = 1; other < Accumulators.Rows / 8; other++) sum += F8.Load(shared, other * TShape.Columns + column * F8.Count);
        return sum;
    }

    private F8 Pixel(WindowOrigin origin, int octet) => x.At(origin, octet);

    // Straight: eight filters of one of the octet's channels. Turned: the octet's channels of one filter.
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

    private void Fill(Panel a, Panel b, int turn, int member, int loader, F8 nextA, F8 nextA2, F8 nextB)
    {
        if (member < Accumulators.Rows) a.Down(turn, member, TProducts.Ready(nextA));
        if (Members < Accumulators.Rows) a.Down(turn, Accumulators.Rows / 2 + member, TProducts.Ready(nextA2));
        if (loader < 0 | loader >= TShape.Columns) return;
        if (transposed != 0) b.Down(turn, loader, TProducts.Ready(nextB));
        else b.Across(turn, loader / (TShape.Columns / 8), loader % (TShape.Columns / 8) * 8, TProducts.Ready(nextB));
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
