using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>
/// The moments of a block of rows, per channel: the mean, and the sum of squared deviations from it. Both are shifted by the
/// block's first row to avoid cancellation. One item is eight channels of a block.
/// </summary>
/// <param name="z">Rows x channels.</param>
/// <param name="rows">Rows of the whole batch.</param>
/// <param name="channels">Elements per row.</param>
/// <param name="block">Rows per block; the last may have fewer.</param>
/// <param name="to">Blocks x channels means, then as many sums of squares.</param>
internal readonly struct MomentPartials(ArrayView<float> z, int rows, int channels, int block, ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var octets = (channels + F8.Count - 1) / F8.Count;
        var channel = item % octets * F8.Count;
        var present = channels - channel;
        var number = item / octets;
        var from = number * block;
        var end = from + block < rows ? from + block : rows;
        var first = F8.Load(z, from * channels + channel, present);
        F8 sum = F8.Of(0), squares = F8.Of(0);
        for (var row = from + 1; row < end; row++)
        {
            var d = F8.Load(z, row * channels + channel, present) - first;
            sum += d;
            squares = F8.Fma(d, d, squares);
        }

        var share = 1f / (end - from);
        var off = share * sum;
        (first + off).Store(to, number * channels + channel, present);
        var left = squares - sum * off;
        var blocks = (rows + block - 1) / block;
        F8.IfGreater(left, F8.Of(0), left, F8.Of(0)).Store(to, (blocks + number) * channels + channel, present);
    }
}

/// <summary>
/// Merges the blocks' moments, one group per channel (Chan, Golub &amp; LeVeque 1979), in a fixed order. Blocks of one row are
/// the values themselves.
/// </summary>
/// <param name="partials">As written by <see cref="MomentPartials"/>; for blocks of one row parts x rows x channels.</param>
/// <param name="rows">Rows of the whole batch.</param>
/// <param name="channels">Elements per row.</param>
/// <param name="block">Rows per block.</param>
/// <param name="parts">For blocks of one row: the number of partial results whose sum is the value.</param>
/// <param name="z">Where that sum is stored, if there is more than one part.</param>
/// <param name="mean">Written.</param>
/// <param name="variance">Written: the biased variance.</param>
/// <param name="inverse">Written: 1 / sqrt(variance + epsilon).</param>
/// <param name="movingMean">Updated.</param>
/// <param name="movingVariance">Updated with the unbiased variance.</param>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="momentum">The share of the moving averages that is kept.</param>
internal readonly struct MergeMoments(
    ArrayView<float> partials, int rows, int channels, int block, int parts, ArrayView<float> z, ArrayView<float> mean,
    ArrayView<float> variance, ArrayView<float> inverse,
    ArrayView<float> movingMean, ArrayView<float> movingVariance, float epsilon, float momentum) : IGroup
{
    public void Do(int channel)
    {
        var (counts, means, squares) = (
            SharedMemory.Allocate<float>(Launcher.LargestGroup), SharedMemory.Allocate<float>(Launcher.LargestGroup),
                SharedMemory.Allocate<float>(Launcher.LargestGroup));
        var blocks = (rows + block - 1) / block;
        var (thread, threads) = (Group.IdxX, Group.DimX);
        var (n, m, q) = (0f, 0f, 0f);
        for (var number = thread; number < blocks; number += threads)
        {
            float more = number == blocks - 1 ? rows - number * block : block;
            var average = partials[number * channels + channel];
            if (parts > 1)
            {
                for (var part = 1; part < parts; part++) average += partials[(part * rows + number) * channels + channel];
                z[number * channels + channel] = average;
            }

            Merge(ref n, ref m, ref q, more, average, block == 1 ? 0f : partials[(blocks + number) * channels + channel]);
        }

        counts[thread] = n;
        means[thread] = m;
        squares[thread] = q;
        Group.Barrier();
        for (var half = threads / 2; half > 0; half /= 2)
        {
            if (thread < half)
            {
                Merge(ref n, ref m, ref q, counts[thread + half], means[thread + half], squares[thread + half]);
                counts[thread] = n;
                means[thread] = m;
                squares[thread] = q;
            }

            Group.Barrier();
        }

        if (thread != 0) return;
        var biased = q / n;
        mean[channel] = m;
        variance[channel] = biased;
        inverse[channel] = 1f / MathF.Sqrt(biased + epsilon);
        movingMean[channel] = momentum * movingMean[channel] + (1f - momentum) * m;
        movingVariance[channel] = momentum * movingVariance[channel] + (1f - momentum) * (n > 1f ? q / (n - 1f) : biased);
    }

    private static void Merge(ref float n, ref float m, ref float q, float more, float mean, float squares)
    {
        if (more == 0f) return;
        var all = n + more;
        var d = mean - m;
        m += d * (more / all);
        q += squares + d * d * (n * (more / all));
        n = all;
    }
}

/// <summary>1 / sqrt(variance + epsilon). One item is a channel.</summary>
internal readonly struct InverseDeviations(ArrayView<float> variance, float epsilon, ArrayView<float> to) : IEach
{
    public void Do(int item) => to[item] = 1f / MathF.Sqrt(variance[item] + epsilon);
}
