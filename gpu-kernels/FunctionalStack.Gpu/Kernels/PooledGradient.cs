using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>
/// Stores a pooled gradient zero-padded, for windows that do not overlap. One item is eight channels of a run of cells of
/// stride x stride pixels. Each cell holds one window or none, so each window's maximum is found once. Cells at the edge write the
/// zeros next to them.
/// </summary>
internal readonly struct PadPooledGradient(GradientReader dz, int height, int width, int top, int left, int cells, int run, int pitch,
    ArrayView<float> to) : IEach
{
    public static int Cells(PoolWindows windows) => Along(windows.InputHeight, windows.Stride) * Along(windows.InputWidth, windows.Stride);

    public void Do(int item)
    {
        var octets = dz.Of.Octets;
        var channel = item % octets * F8.Count;
        var first = item / octets * run;
        var end = first + run < cells ? first + run : cells;
        var (octet, finish) = (dz.Of.Octet(channel), dz.Finishing(channel));
        for (var cell = first; cell < end; cell++) Do(cell, channel, octet, finish);
    }

    private void Do(int cell, int channel, ChannelOctet octet, FinishOctet finish)
    {
        var windows = dz.Windows;
        var (down, across) = (Along(windows.InputHeight, windows.Stride), Along(windows.InputWidth, windows.Stride));
        var column = cell % across;
        var row = cell / across % down;
        var example = cell / across / down;
        var image = example * windows.InputHeight * windows.InputWidth;
        var whole = row < windows.OutputHeight & column < windows.OutputWidth;
        F8 up = F8.Of(0), winner = F8.Of(0);
        if (whole)
        {
            up = dz.Upstream((example * windows.OutputHeight + row) * windows.OutputWidth + column, channel);
            if (windows.IsMax) winner = windows.Winner(dz.Of, octet, image, row, column, channel);
            else up = 1f / (windows.Height * windows.Width) * up;
        }

        var (firstRow, firstColumn) = (row * windows.Stride, column * windows.Stride);
        var endRow = row == down - 1 ? height - top : firstRow + windows.Stride;
        var endColumn = column == across - 1 ? width - left : firstColumn + windows.Stride;
        for (var y = row == 0 ? -top : firstRow; y < endRow; y++)
        {
            for (var x = column == 0 ? -left : firstColumn; x < endColumn; x++)
            {
                var value = F8.Of(0);
                if (y >= 0 & y < windows.InputHeight & x >= 0 & x < windows.InputWidth)
                {
                    var z = dz.Of.Raw(image + y * windows.InputWidth + x, channel);
                    var g = F8.Of(0);
                    if (whole & y - firstRow < windows.Height & x - firstColumn < windows.Width)
                    {
                        var away = winner - F8.Of((y - firstRow) * windows.Width + x - firstColumn);
                        g = (windows.IsMax ? F8.IfGreater(away * away, F8.Of(0), F8.Of(0), up) : up) * octet.Slope(octet.Preactivation(z));
                    }

                    value = finish.Of(octet, z, g);
                }

                value.Store(to, ((example * height + y + top) * width + x + left) * pitch + channel, pitch - channel);
            }
        }
    }

    private static int Along(int extent, int stride) => (extent + stride - 1) / stride;
}

/// <summary>
/// sum(g x̂) and sum(g) over a block of pooling windows, overlapping or not: the gradient of max pooling belongs to the window's
/// maximum alone. One item is eight channels of a block.
/// </summary>
/// <param name="dy">The source of g; pooled.</param>
/// <param name="all">Windows of the whole batch.</param>
/// <param name="block">Windows per block; the last may have fewer.</param>
/// <param name="gammas">Blocks x channels sums of g x̂.</param>
/// <param name="betas">Blocks x channels sums of g.</param>
internal readonly struct PooledSumPartials(GradientReader dy, int all, int block, ArrayView<float> gammas, ArrayView<float> betas) : IEach
{
    public void Do(int item)
    {
        var (of, windows) = (dy.Of, dy.Windows);
        var channel = item % of.Octets * F8.Count;
        var number = item / of.Octets;
        var from = number * block;
        var end = from + block < all ? from + block : all;
        var octet = of.Octet(channel);
        F8 gamma = F8.Of(0), beta = F8.Of(0);
        for (var window = from; window < end; window++)
        {
            var column = window % windows.OutputWidth;
            var row = window / windows.OutputWidth % windows.OutputHeight;
            var image = window / windows.OutputWidth / windows.OutputHeight * windows.InputHeight * windows.InputWidth;
            var up = dy.Upstream(window, channel);
            if (windows.IsMax)
            {
                var z = windows.RawWinner(of, octet, image, row, column, channel);
                var g = up * octet.Slope(octet.Preactivation(z));
                beta += g;
                gamma = F8.Fma(g, octet.Normalized(z), gamma);
                continue;
            }

            up = 1f / (windows.Height * windows.Width) * up;
            var origin = image + row * windows.Stride * windows.InputWidth + column * windows.Stride;
            for (var place = 0; place < windows.Height * windows.Width; place++)
            {
                var z = of.Raw(origin + place / windows.Width * windows.InputWidth + place % windows.Width, channel);
                var g = up * octet.Slope(octet.Preactivation(z));
                beta += g;
                gamma = F8.Fma(g, octet.Normalized(z), gamma);
            }
        }

        gamma.Store(gammas, number * of.Channels + channel, of.Present(channel));
        beta.Store(betas, number * of.Channels + channel, of.Present(channel));
    }
}
