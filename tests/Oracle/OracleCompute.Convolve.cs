using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

public sealed partial class OracleCompute
{
    public void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        var (read, w, channels, filters) = (Values(batch, x), At(kernel).ToArray(), window.Input.Channels, window.Output.Channels);
        var sums = new double[batch * window.Output.Size];
        foreach (var (pixel, output, weight) in Taps(batch, window))
        {
            for (var c = 0; c < channels; c++)
            {
                for (var f = 0; f < filters; f++) sums[output + f] += read[pixel + c] * w[weight + c * filters + f];
            }
        }

        for (var i = 0; i < sums.Length; i++) At(z)[i] = sums[i] + (bias is { } b ? At(b)[i % filters] : 0);
        if (moments is { } wanted) Moments(batch, z, window.Output, wanted);
    }

    public void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient,
        Slice? biasGradient, InputGradient? dx)
    {
        var (read, w, channels, filters) = (Values(batch, x), At(kernel).ToArray(), window.Input.Channels, window.Output.Channels);
        var upstream = Values(batch, dz);
        var (dw, dread) = (new double[w.Length], new double[read.Length]);
        foreach (var (pixel, output, weight) in Taps(batch, window))
        {
            for (var c = 0; c < channels; c++)
            {
                for (var f = 0; f < filters; f++)
                {
                    dw[weight + c * filters + f] += read[pixel + c] * upstream[output + f];
                    dread[pixel + c] += w[weight + c * filters + f] * upstream[output + f];
                }
            }
        }

        dw.CopyTo(At(kernelGradient));
        if (biasGradient is { } bias) SumChannels(upstream, At(bias)[..filters]);
        if (dx is not { } wanted) return;
        dread.CopyTo(At(wanted.Data));
        if (wanted.Sums is { } sums) NormalizationBackward(batch, new(wanted.Data, x), sums);
    }

    // The pairs of output pixels and kernel taps: the offsets of the input's and the output's pixel and of the kernel's channels x
    // filters for the tap. Taps outside the image are skipped, since the input is 0 there.
    private static IEnumerable<(int Pixel, int Output, int Weight)> Taps(int batch, Convolution window)
    {
        var (input, output) = (window.Input, window.Output);
        for (var example = 0; example < batch; example++)
        {
            for (var row = 0; row < output.Height; row++)
            {
                for (var column = 0; column < output.Width; column++)
                {
                    for (var down = 0; down < window.Kernel; down++)
                    {
                        for (var across = 0; across < window.Kernel; across++)
                        {
                            var y = row * window.Stride - window.Top + down;
                            var x = column * window.Stride - window.Left + across;
                            if (y < 0 || y >= input.Height || x < 0 || x >= input.Width) continue;
                            yield return (
                                ((example * input.Height + y) * input.Width + x) * input.Channels,
                                ((example * output.Height + row) * output.Width + column) * output.Channels,
                                (down * window.Kernel + across) * input.Channels * output.Channels);
                        }
                    }
                }
            }
        }
    }

    // Per channel, over everything else; channels innermost.
    private static void SumChannels(double[] numbers, Span<double> sums)
    {
        sums.Clear();
        for (var i = 0; i < numbers.Length; i++) sums[i % sums.Length] += numbers[i];
    }
}
