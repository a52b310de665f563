using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>A <see cref="Gradient"/> on the device: eight channels of a pixel of <see cref="Gradient.Of"/> at a time.</summary>
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

    /// <summary>A gradient that lies there computed.</summary>
    public GradientReader(ArrayView<float> laid, Shape shape)
    {
        Of = new(laid, shape.Channels);
        Windows = new(shape, null);
        upstream = gammaSums = betaSums = laid;
    }

    public int Channels => Of.Channels;

    /// <summary>The gradient with respect to the numbers read, where nothing is pooled.</summary>
    public F8 At(int pixel, int channel)
    {
        var z = Of.Raw(pixel, channel);
        return Finish(z, Upstream(pixel, channel) * Of.Slope(Of.Preactivation(z, channel)), channel);
    }

    /// <summary>The gradient with respect to the number read: of example <paramref name="example"/>, row y, column x.</summary>
    public F8 At(int example, int y, int x, int channel)
    {
        var pixel = (example * Windows.InputHeight + y) * Windows.InputWidth + x;
        var z = Of.Raw(pixel, channel);
        return Finish(z, Local(example, y, x, channel, z), channel);
    }

    /// <summary>The gradient with respect to <paramref name="z"/> from g: through mean and variance where it is normalized.</summary>
    public F8 Finish(F8 z, F8 g, int channel)
    {
        if (withSums == 0) return g;
        var count = Of.Present(channel);
        return Of.Scale(channel) * (g - share * (F8.Load(betaSums, channel, count) + Of.Normalized(z, channel) * F8.Load(gammaSums, channel, count)));
    }

    /// <summary>The same for many pixels of eight channels.</summary>
    public FinishOctet Finishing(int channel) => withSums == 0
        ? new(0, F8.Of(0), F8.Of(0), F8.Of(0))
        : new(1, Of.Scale(channel), share * F8.Load(gammaSums, channel, Of.Present(channel)), share * F8.Load(betaSums, channel, Of.Present(channel)));

    /// <summary>g, the gradient with respect to what the activation was applied to.</summary>
    /// <param name="example">Which.</param>
    /// <param name="y">Row.</param>
    /// <param name="x">Column.</param>
    /// <param name="channel">The first of eight.</param>
    /// <param name="z">The numbers there, as <see cref="SourceReader.Raw"/> reads them.</param>
    public F8 Local(int example, int y, int x, int channel, F8 z)
    {
        var u = Of.Preactivation(z, channel);
        if (Windows.IsNone) return Upstream((example * Windows.InputHeight + y) * Windows.InputWidth + x, channel) * Of.Slope(u);

        // Windows that hold the pixel: those whose first row is in (y - height, y], and whose columns likewise.
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
                    var away = Windows.Winner(Of, Of.Octet(channel), image, row, column, channel) - place;
                    g += F8.IfGreater(away * away, F8.Of(0), F8.Of(0), up);
                }
                else
                {
                    g += (1f / (Windows.Height * Windows.Width)) * up;
                }
            }
        }

        return g * Of.Slope(u);
    }

    /// <summary>The gradient with respect to what the reader saw, of a pixel that it saw, counted over the batch.</summary>
    public F8 Upstream(int pixel, int channel) => F8.Load(upstream, pixel * Of.Channels + channel, Of.Present(channel));

    private static int Least(int a, int b) => a < b ? a : b;
}
