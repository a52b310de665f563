using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// The kernel's gradient as the product of the transposed windows and the output's gradient. Tiles are 128 elements of a window
/// (16 octets) by 32, 64 or 128 filters; eight pixels at a time go through shared memory.
/// </summary>
/// <param name="x">Pixels x depth.</param>
/// <param name="dz">Pixels x filters.</param>
/// <param name="pixels">Pixels of the whole batch.</param>
/// <param name="parts">Runs of pixels, each with its own gradient.</param>
/// <param name="to">Parts x taps x channels x filters.</param>
/// <param name="bias">The bias's gradient, the sum over pixels, if it is wanted.</param>
/// <param name="withBias">Whether it is wanted; only with one part, and if products are exact.</param>
internal readonly struct TiledKernelGradient<TShape, TProducts, TWindows, TGradient>(
    TWindows x, TGradient dz, int pixels, int parts, ArrayView<float> to, ArrayView<float> bias, int withBias) : ITile
    where TShape : struct, ITileShape
    where TProducts : struct, IProducts
    where TWindows : struct, IWindows
    where TGradient : struct, IPixelReader
{
    private const int RowOctets = Accumulators.Rows / F8.Count;

    public static int Threads => Accumulators.Rows / 8 * (TShape.Columns / 8);

    public static int Tiles(int octets, int filters) =>
        checked((octets + RowOctets - 1) / RowOctets * ((filters + TShape.Columns - 1) / TShape.Columns));

    public void Do(int group)
    {
        var a = new Panel(SharedMemory.Allocate<F4>(Panel.Size), Accumulators.Rows);
        var b = new Panel(SharedMemory.Allocate<F4>(Panel.Size), TShape.Columns);
        var filters = dz.Channels;
        var across = (filters + TShape.Columns - 1) / TShape.Columns;
        var down = (x.Depth + RowOctets - 1) / RowOctets;
        var octet = group / across % down * RowOctets;
        var filter = group % across * TShape.Columns;
        var part = group / across / down;

        // A part is a multiple of eight pixels.
        var eights = (pixels + 7) / 8;
        var end = Least((int)((long)eights * (part + 1) / parts) * 8, pixels);
        var pixel = (int)((long)eights * part / parts) * 8;
        var thread = Group.IdxX;
        var loader = Threads > Accumulators.Rows ? thread - Accumulators.Rows : thread;
        F8 nextA = Window(octet, pixel, end, thread), nextA2 = Threads < Accumulators.Rows
            ? Window(octet, pixel, end, thread + Threads) : nextA;
        var nextB = Gradient(filter, pixel, end, loader);
        Fill(a, b, 0, thread, loader, nextA, nextA2, nextB);
        Group.Barrier();
        var (row, column) = TProducts.BlockOf(thread, TShape.Columns);
        var sums = default(Accumulators);
        var column8 = F8.Of(0);
        for (var stage = 0; pixel < end; pixel += 8)
        {
            if (pixel + 8 < end)
            {
                nextA = Window(octet, pixel + 8, end, thread);
                if (Threads < Accumulators.Rows) nextA2 = Window(octet, pixel + 8, end, thread + Threads);
                nextB = Gradient(filter, pixel + 8, end, loader);
            }

            var (left, right) = (a.Buffer(stage), b.Buffer(stage));
            sums = TProducts.Add(sums, left, right, row, column, TShape.Columns);
            if (withBias != 0 & octet == 0 & row == 0) column8 = AddPixels(right, column, column8);
            stage = 1 - stage;
            if (pixel + 8 < end) Fill(a, b, stage, thread, loader, nextA, nextA2, nextB);
            Group.Barrier();
        }

        if (withBias != 0 & octet == 0 & row == 0)
            Accumulators.Store<TProducts>(column8, bias, filter, column, TShape.Columns, filters - filter);
        Store(sums.R0, part, octet, row, 0, filter, column);
        Store(sums.R1, part, octet, row, 1, filter, column);
        Store(sums.R2, part, octet, row, 2, filter, column);
        Store(sums.R3, part, octet, row, 3, filter, column);
        Store(sums.R4, part, octet, row, 4, filter, column);
        Store(sums.R5, part, octet, row, 5, filter, column);
        Store(sums.R6, part, octet, row, 6, filter, column);
        Store(sums.R7, part, octet, row, 7, filter, column);
    }

    private static F8 AddPixels(ArrayView<F4> b, int column, F8 sum)
    {
        for (var pixel = 0; pixel < Accumulators.Depth; pixel++)
        {
            sum += Accumulators.Load<TProducts>(b.Cast<float>(), pixel * Panel.Pitch(TShape.Columns), column, TShape.Columns,
                TShape.Columns);
        }

        return sum;
    }

    // Eight pixels by sixteen octets: the loader's pixel is its index divided by sixteen.
    private F8 Window(int octet, int pixel, int end, int loader)
    {
        octet += loader % RowOctets;
        pixel += loader / RowOctets;
        return loader < Accumulators.Rows & pixel < end & octet < x.Depth ? x.At(x.OriginOf(pixel), octet) : F8.Of(0);
    }

    // Eight pixels by as many octets as the tile has filters.
    private F8 Gradient(int filter, int pixel, int end, int loader)
    {
        filter += loader % (TShape.Columns / 8) * 8;
        pixel += loader / (TShape.Columns / 8);
        return loader >= 0 & loader < TShape.Columns & pixel < end & filter < dz.Channels ? dz.At(pixel, filter) : F8.Of(0);
    }

    private static void Fill(Panel a, Panel b, int stage, int thread, int loader, F8 nextA, F8 nextA2, F8 nextB)
    {
        if (thread < Accumulators.Rows) a.Across(stage, thread / RowOctets, thread % RowOctets * 8, TProducts.Ready(nextA));
        if (Threads < Accumulators.Rows) a.Across(stage, (thread + Threads) / RowOctets, thread % RowOctets * 8, TProducts.Ready(nextA2));
        if (loader >= 0 & loader < TShape.Columns)
            b.Across(stage, loader / (TShape.Columns / 8), loader % (TShape.Columns / 8) * 8, TProducts.Ready(nextB));
    }

    private void Store(F8 sums, int part, int octet, int block, int number, int filter, int column)
    {
        var row = TProducts.RowOf(block, number);
        octet += row / 8;
        var kernelRow = octet < x.Depth ? x.RowOf(octet, row % 8) : -1;
        if (kernelRow < 0) return;
        Accumulators.Store<TProducts>(sums, to, (part * x.KernelRows + kernelRow) * dz.Channels + filter, column, TShape.Columns,
            dz.Channels - filter);
    }

    private static int Least(int a, int b) => a < b ? a : b;
}
