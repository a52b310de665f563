using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>A <see cref="Source"/> on the device: eight channels of a pixel at a time.</summary>
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

    /// <summary>Numbers as they lie.</summary>
    public SourceReader(ArrayView<float> numbers, int channels)
    {
        Channels = channels;
        data = mean = inverse = gamma = beta = numbers;
        activation = new(default);
    }

    public int Channels { get; }

    /// <summary>Runs of eight channels that a pixel has.</summary>
    public int Octets => (Channels + F8.Count - 1) / F8.Count;

    /// <summary>How many of the eight from <paramref name="channel"/> on there are.</summary>
    public int Present(int channel) => Channels - channel;

    /// <summary>What the reader sees of eight channels of one pixel, counted over the batch.</summary>
    public F8 At(int pixel, int channel) => Octet(channel).At(Raw(pixel, channel));

    /// <summary>Eight channels' numbers, to read many pixels of them.</summary>
    public ChannelOctet Octet(int channel)
    {
        if (normalized == 0) return new(0, activation, F8.Of(0), F8.Of(0), F8.Of(0), F8.Of(0));
        var (count, deviation) = (Present(channel), F8.Load(inverse, channel, Present(channel)));
        return new(1, activation, F8.Load(mean, channel, count), deviation, deviation * F8.Load(gamma, channel, count), F8.Load(beta, channel, count));
    }

    /// <summary>What the reader sees of one channel.</summary>
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
