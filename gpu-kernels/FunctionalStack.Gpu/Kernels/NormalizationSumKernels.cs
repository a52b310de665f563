using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>sum(g x̂) and sum(g) over a block of pixels, without pooling. One item is eight channels of a block.</summary>
/// <param name="dy">The source of g.</param>
/// <param name="pixels">Pixels of the whole batch.</param>
/// <param name="block">Pixels per block; the last may have fewer.</param>
/// <param name="gammas">Blocks x channels sums of g x̂.</param>
/// <param name="betas">Blocks x channels sums of g.</param>
internal readonly struct NormalizationSumPartials(GradientReader dy, int pixels, int block, ArrayView<float> gammas, ArrayView<float> betas)
    : IEach
{
    public void Do(int item)
    {
        var of = dy.Of;
        var channel = item % of.Octets * F8.Count;
        var number = item / of.Octets;
        var from = number * block;
        var end = from + block < pixels ? from + block : pixels;
        var octet = of.Octet(channel);
        F8 gamma = F8.Of(0), beta = F8.Of(0);
        for (var pixel = from; pixel < end; pixel++)
        {
            var z = of.Raw(pixel, channel);
            var g = dy.Upstream(pixel, channel) * octet.Slope(octet.Preactivation(z));
            beta += g;
            gamma = F8.Fma(g, octet.Normalized(z), gamma);
        }

        gamma.Store(gammas, number * of.Channels + channel, of.Present(channel));
        beta.Store(betas, number * of.Channels + channel, of.Present(channel));
    }
}

/// <summary>The sums of a block of pixels, per channel. One item is eight channels of a block.</summary>
internal readonly struct ChannelSumPartials<TReader>(TReader from, int pixels, int channels, int block, ArrayView<float> to) : IEach
    where TReader : struct, IPixelReader
{
    public void Do(int item)
    {
        var octets = (channels + F8.Count - 1) / F8.Count;
        var channel = item % octets * F8.Count;
        var number = item / octets;
        var end = (number + 1) * block < pixels ? (number + 1) * block : pixels;
        var sum = F8.Of(0);
        for (var pixel = number * block; pixel < end; pixel++) sum += from.At(pixel, channel);
        sum.Store(to, number * channels + channel, channels - channel);
    }
}

/// <summary>Sums the blocks of each channel, one group per channel, in a fixed order. The first half of the groups sums
/// <paramref name="partials"/> to <paramref name="first"/>, the others <paramref name="others"/> to <paramref name="second"/>.</summary>
internal readonly struct MergeSums(
    ArrayView<float> partials, ArrayView<float> others, int blocks, int channels, ArrayView<float> first, ArrayView<float> second) : IGroup
{
    public void Do(int group)
    {
        var sums = SharedMemory.Allocate<float>(Launcher.LargestGroup);
        var channel = group % channels;
        var (thread, threads) = (Group.IdxX, Group.DimX);
        var sum = 0f;
        for (var number = thread; number < blocks; number += threads)
            sum += group < channels ? partials[number * channels + channel] : others[number * channels + channel];
        sums[thread] = sum;
        Group.Barrier();
        for (var half = threads / 2; half > 0; half /= 2)
        {
            if (thread < half) sums[thread] += sums[thread + half];
            Group.Barrier();
        }

        if (thread != 0) return;
        if (group < channels) first[channel] = sums[0];
        else second[channel] = sums[0];
    }
}
