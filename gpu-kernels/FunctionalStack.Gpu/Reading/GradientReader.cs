using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>A <see cref="Gradient"/> on the device, read as eight channels of a pixel of <see cref="Gradient.Of"/>.</summary>
internal readonly struct GradientReader : IPixelReader
{
    private readonly ArrayView<float> upstream, gammaSums, betaSums;
    private readonly int withSums;
    private readonly float share;

    public readonly SourceReader Of;
    public readonly PoolWindows Windows;

    public GradientReader(int batch, Gradient gradient, GpuMemory arena)
    {
        Of = new(gradient.Of, arena);
        Windows = new(gradient.Of.Shape, gradient.Pooling);
        upstream = arena.At(gradient.Upstream);
        (gammaSums, betaSums) = gradient.Sums is { } sums ? (arena.At(sums.Gamma), arena.At(sums.Beta)) : (upstream, upstream);
        withSums = gradient.Of.Normalization is not null && gradient.Sums is not null ? 1 : 0;
        share = 1f / (batch * gradient.Of.Shape.Pixels);
    }

    /// <summary>A gradient that is already stored.</summary>
    public GradientReader(ArrayView<float> laid, Shape shape)
    {
        Of = new(laid, shape.Channels);
        Windows = new(shape, null);
        upstream = gammaSums = betaSums = laid;
    }

    public int Channels => Of.Channels;

    /// <summary>The gradient with respect to the data, without pooling.</summary>
    public F8 At(int pixel, int channel)
    {
        var (octet, z) = (Of.Octet(channel), Of.Raw(pixel, channel));
        return Finishing(channel).Of(octet, z, Upstream(pixel, channel) * octet.Slope(octet.Preactivation(z)));
    }

    /// <summary>The gradient with respect to the data, with or without pooling: at example <paramref name="example"/>, row y, column
    /// x.</summary>
    public F8 At(int example, int y, int x, int channel)
    {
        var pixel = (example * Windows.InputHeight + y) * Windows.InputWidth + x;
        if (Windows.IsNone) return At(pixel, channel);
        var (octet, z) = (Of.Octet(channel), Of.Raw(pixel, channel));
        return Finishing(channel).Of(octet, z, Unpooled(example, y, x, channel, octet) * octet.Slope(octet.Preactivation(z)));
    }

    /// <summary>The backward pass of the normalization, if there are sums.</summary>
    public FinishOctet Finishing(int channel) => withSums == 0
        ? new(0, F8.Of(0), F8.Of(0), F8.Of(0))
        : new(1, Of.Scale(channel), share * F8.Load(gammaSums, channel, Of.Present(channel)),
            share * F8.Load(betaSums, channel, Of.Present(channel)));

    // The gradient with respect to the activation of a pixel, summed over the windows that contain it.
    private F8 Unpooled(int example, int y, int x, int channel, ChannelOctet octet)
    {
        // The windows that contain the pixel: those whose first row is in (y - height, y], and likewise for columns.
        var image = example * Windows.InputHeight * Windows.InputWidth;
        var output = example * Windows.OutputHeight * Windows.OutputWidth;
        var firstRow = y < Windows.Height ? 0 : (y - Windows.Height) / Windows.Stride + 1;
        var firstColumn = x < Windows.Width ? 0 : (x - Windows.Width) / Windows.Stride + 1;
        var lastRow = Least(y / Windows.Stride, Windows.OutputHeight - 1);
        var lastColumn = Least(x / Windows.Stride, Windows.OutputWidth - 1);
        var g = F8.Of(0);
        for (var row = firstRow; row <= lastRow; row++)
        {
            for (var column = firstColumn; column <= lastColumn; column++)
            {
                var up = Upstream(output + row * Windows.OutputWidth + column, channel);
                if (Windows.IsMax)
                {
                    var place = F8.Of((y - row * Windows.Stride) * Windows.Width + x - column * Windows.Stride);
                    var away = Windows.Winner(Of, octet, image, row, column, channel) - place;
                    g += F8.IfGreater(away * away, F8.Of(0), F8.Of(0), up);
                }
                else
                {
                    g += (1f / (Windows.Height * Windows.Width)) * up;
                }
            }
        }

        return g;
    }

    /// <summary>The gradient with respect to the reader's output, at one of its pixels, numbered over the batch.</summary>
    public F8 Upstream(int pixel, int channel) => F8.Load(upstream, pixel * Of.Channels + channel, Of.Present(channel));

    private static int Least(int a, int b) => a < b ? a : b;
}
