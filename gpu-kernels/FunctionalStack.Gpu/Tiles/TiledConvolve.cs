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
/// <param name="turned">Whether to read the kernel turned about.</param>
/// <param name="bias">A number a filter, if there is one.</param>
/// <param name="withBias">Whether there is; only with one part.</param>
/// <param name="parts">Runs of the depth, each with a result of its own.</param>
/// <param name="z">Parts x pixels x filters.</param>
internal readonly struct TiledConvolve<TShape, TReader>(
    WindowReader<TReader> x, int pixels, ArrayView<float> kernel, int filters, int turned, ArrayView<float> bias, int withBias, int parts, ArrayView<float> z) : ITile
    where TShape : struct, ITileShape
    where TReader : struct, IPixelReader
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
        var corner = x.CornerOf(Inside(first + member % Accumulators.Rows));
        var second = x.CornerOf(Inside(first + Accumulators.Rows / 2 + member % (Accumulators.Rows / 2)));
        var loader = Members > Accumulators.Rows ? member - Accumulators.Rows : member;
        F8 nextA = Pixel(corner, octet), nextA2 = Members < Accumulators.Rows ? Pixel(second, octet) : nextA, nextB = Weights(loader, filter, octet);
        Fill(a, b, 0, member, loader, nextA, nextA2, nextB);
        Group.Barrier();
        var (row, column) = (member / (TShape.Columns / 8), member % (TShape.Columns / 8));
        var sums = default(Accumulators);
        for (var turn = 0; octet < end; octet++)
        {
            if (octet + 1 < end)
            {
                nextA = Pixel(corner, octet + 1);
                if (Members < Accumulators.Rows) nextA2 = Pixel(second, octet + 1);
                nextB = Weights(loader, filter, octet + 1);
            }

            var (left, right) = (a.Buffer(turn), b.Buffer(turn));
            sums.Add(left, right, 0, row, column, TShape.Columns);
            sums.Add(left, right, 1, row, column, TShape.Columns);
            sums.Add(left, right, 2, row, column, TShape.Columns);
            sums.Add(left, right, 3, row, column, TShape.Columns);
            sums.Add(left, right, 4, row, column, TShape.Columns);
            sums.Add(left, right, 5, row, column, TShape.Columns);
            sums.Add(left, right, 6, row, column, TShape.Columns);
            sums.Add(left, right, 7, row, column, TShape.Columns);
            turn = 1 - turn;
            if (octet + 1 < end) Fill(a, b, turn, member, loader, nextA, nextA2, nextB);
            Group.Barrier();
        }

        first += row * 4;
        Store(sums.R0, part, first, filter, column);
        Store(sums.R1, part, first + 1, filter, column);
        Store(sums.R2, part, first + 2, filter, column);
        Store(sums.R3, part, first + 3, filter, column);
        first += Accumulators.Rows / 2;
        Store(sums.R4, part, first, filter, column);
        Store(sums.R5, part, first + 1, filter, column);
        Store(sums.R6, part, first + 2, filter, column);
        Store(sums.R7, part, first + 3, filter, column);
    }

    private F8 Pixel(Corner corner, int octet) => x.At(corner, octet);

    // Straight: eight filters of one of the octet's channels. Turned: the octet's channels of one filter.
    private F8 Weights(int loader, int filter, int octet)
    {
        if (loader < 0 | loader >= TShape.Columns) return F8.Of(0);
        var (tap, channel) = (octet / x.Octets, octet % x.Octets * F8.Count);
        if (turned != 0)
        {
            filter += loader;
            return filter < filters ? F8.Load(kernel, ((x.Taps - 1 - tap) * filters + filter) * x.Channels + channel, x.Channels - channel) : F8.Of(0);
        }

        channel += loader / (TShape.Columns / 8);
        filter += loader % (TShape.Columns / 8) * 8;
        return channel < x.Channels & filter < filters ? F8.Load(kernel, (tap * x.Channels + channel) * filters + filter, filters - filter) : F8.Of(0);
    }

    private void Fill(Panel a, Panel b, int turn, int member, int loader, F8 nextA, F8 nextA2, F8 nextB)
    {
        if (member < Accumulators.Rows) a.Down(turn, member, nextA);
        if (Members < Accumulators.Rows) a.Down(turn, Accumulators.Rows / 2 + member, nextA2);
        if (loader < 0 | loader >= TShape.Columns) return;
        if (turned != 0) b.Down(turn, loader, nextB);
        else b.Across(turn, loader / (TShape.Columns / 8), loader % (TShape.Columns / 8) * 8, nextB);
    }

    private void Store(F8 sums, int part, int pixel, int filter, int column)
    {
        if (pixel >= pixels) return;
        if (withBias != 0)
        {
            var (left, right) = (filter + column * 4, filter + TShape.Columns / 2 + column * 4);
            var (low, high) = (F8.Load(bias, left, Least(4, filters - left)), F8.Load(bias, right, Least(4, filters - right)));
            sums += new F8(low.X0, low.X1, low.X2, low.X3, high.X0, high.X1, high.X2, high.X3);
        }

        Accumulators.Store(sums, z, (part * pixels + pixel) * filters + filter, column, TShape.Columns, filters - filter);
    }

    private int Inside(int pixel) => Least(pixel, pixels - 1);

    private static int Least(int a, int b) => a < b ? a : b;
}
