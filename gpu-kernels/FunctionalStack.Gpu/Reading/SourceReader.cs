using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>A <see cref="Source"/> on the device, read as eight channels of a pixel.</summary>
internal readonly struct SourceReader : IPixelReader
{
    private readonly ArrayView<float> data, mean, inverse, gamma, beta;
    private readonly int normalized;
    private readonly Activated activation;

    public SourceReader(Source x, GpuMemory arena)
    {
        Channels = x.Shape.Channels;
        data = arena.At(x.Data);
        activation = new(x.Activation);
        (mean, inverse, gamma, beta) = x.Normalization is { } normal
            ? (arena.At(normal.Mean), arena.At(normal.InverseDeviation), arena.At(normal.Gamma), arena.At(normal.Beta))
            : (data, data, data, data);
        normalized = x.Normalization is null ? 0 : 1;
    }

    /// <summary>Values without normalization and activation.</summary>
    public SourceReader(ArrayView<float> numbers, int channels)
    {
        Channels = channels;
        data = mean = inverse = gamma = beta = numbers;
        activation = new(default);
    }

    public int Channels { get; }

    /// <summary>Octets of channels per pixel.</summary>
    public int Octets => (Channels + F8.Count - 1) / F8.Count;

    /// <summary>The number of channels from <paramref name="channel"/> on.</summary>
    public int Present(int channel) => Channels - channel;

    /// <summary>Eight channels of one pixel, normalized and activated; pixels are numbered over the batch.</summary>
    public F8 At(int pixel, int channel) => Octet(channel).At(Raw(pixel, channel));

    /// <summary>The normalization and activation of eight channels, for reading many pixels.</summary>
    public ChannelOctet Octet(int channel)
    {
        if (normalized == 0) return new(0, activation, F8.Of(0), F8.Of(0), F8.Of(0), F8.Of(0));
        var (count, deviation) = (Present(channel), F8.Load(inverse, channel, Present(channel)));
        return new(1, activation, F8.Load(mean, channel, count), deviation, deviation * F8.Load(gamma, channel, count),
            F8.Load(beta, channel, count));
    }

    /// <summary>One channel of one pixel, normalized and activated.</summary>
    public float OneAt(int pixel, int channel)
    {
        var z = data[pixel * Channels + channel];
        if (normalized != 0) z = Fused.MultiplyAdd(z - mean[channel], inverse[channel] * gamma[channel], beta[channel]);
        return activation.At(F8.Of(z)).X0;
    }

    public F8 Raw(int pixel, int channel) => F8.Load(data, pixel * Channels + channel, Present(channel));

    /// <summary>gamma * inverse deviation.</summary>
    public F8 Scale(int channel) => F8.Load(inverse, channel, Present(channel)) * F8.Load(gamma, channel, Present(channel));
}
