using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// Moments from blocks of rows, each computed while it is in the cache: count, mean and sum of squared deviations per block and
/// channel, merged in block order in double precision (Chan, Golub &amp; LeVeque 1983). The rows of a block must follow from
/// shapes alone; then the result is bit-identical.
/// </summary>
/// <remarks>
/// The sums of a block are shifted by its first row. So a mean far from 0 costs no digits, and one pass computes both sums:
/// a row of n lies within sqrt(n - 1) standard deviations of the mean, so at most a factor n cancels, and usually a small one.
/// </remarks>
/// <param name="partials"><see cref="Size"/> elements, written by <see cref="Compute(int, float*, int)"/>.</param>
/// <param name="items">The number of blocks.</param>
/// <param name="channels">Elements per row.</param>
internal readonly unsafe struct MomentPartials<V, L>(float* partials, int items, int channels) where V : struct where L : struct, ILanes<V>
{
    private readonly float* partials = partials;

    // Per block: first row, mean - first row, sum of squared deviations (one per channel each), and the bits of the count.
    private int Pitch => 3 * channels + 1;

    /// <summary>The size of the partial results of <paramref name="items"/> blocks in elements.</summary>
    public static int Size(int items, int channels) => checked(items * (3 * channels + 1));

    /// <summary>Computes block <paramref name="item"/>: <paramref name="count"/> contiguous rows of all channels.</summary>
    public void Compute(int item, float* block, int count) => Compute(item, block, count, 0, channels);

    /// <summary>Computes some of a block's channels, where the others are computed elsewhere. Rows are still <c>channels</c>
    /// apart.</summary>
    /// <param name="item">The block, from 0.</param>
    /// <param name="block">The first row's first channel.</param>
    /// <param name="count">The number of rows; at least 1.</param>
    /// <param name="from">The first channel.</param>
    /// <param name="to">One past the last channel.</param>
    public void Compute(int item, float* block, int count, int from, int to)
    {
        var at = partials + (nint)item * Pitch;
        *(int*)(at + 3 * channels) = count;
        new Span<float>(block + from, to - from).CopyTo(new(at + from, to - from));
        new Span<float>(at + channels + from, to - from).Clear();
        new Span<float>(at + 2 * channels + from, to - from).Clear();

        var band = ChannelKernels.BandRows(channels);
        for (var row = 0; row < count; row += band)
        {
            var rows = block + (nint)row * channels;
            var many = Math.Min(band, count - row);
            var channel = from;
            for (; channel + L.Count <= to; channel += L.Count) Sum<V, L>(at + channel, rows + channel, many);
            for (; channel < to; channel++) Sum<float, Lanes32>(at + channel, rows + channel, many);
        }

        for (var channel = from; channel < to; channel++)
        {
            var (sum, squares) = (at[channels + channel], at[2 * channels + channel]);
            at[channels + channel] = sum / count;
            at[2 * channels + channel] = MathF.Max(0, squares - sum * (sum / count));
        }
    }

    /// <summary>Merges all blocks and writes the batch's moments.</summary>
    public void Merge(BatchMoments to, float* arena)
    {
        for (var channel = 0; channel < channels; channel++)
        {
            var (count, sum) = (0.0, 0.0);
            for (var item = 0; item < items; item++)
            {
                count += Count(item);
                sum += Count(item) * Mean(item, channel);
            }

            var (mean, squares) = (sum / count, 0.0);
            for (var item = 0; item < items; item++)
            {
                var off = Mean(item, channel) - mean;
                squares += partials[(nint)item * Pitch + 2 * channels + channel] + Count(item) * off * off;
            }

            var variance = squares / count;
            arena[to.Mean.Offset + channel] = (float)mean;
            arena[to.Variance.Offset + channel] = (float)variance;
            arena[to.InverseDeviation.Offset + channel] = (float)(1 / Math.Sqrt(variance + to.Epsilon));
            Move(ref arena[to.MovingMean.Offset + channel], mean, to.Momentum);
            Move(ref arena[to.MovingVariance.Offset + channel], count > 1 ? squares / (count - 1) : variance, to.Momentum);
        }
    }

    private static void Move(ref float moving, double batch, float momentum) =>
        moving = (float)(momentum * (double)moving + (1 - (double)momentum) * batch);

    // Four rows at a time, since an addition has a latency of four cycles.
    private void Sum<W, M>(float* at, float* rows, int count) where W : struct where M : struct, ILanes<W>
    {
        var first = M.Load(at);
        var step = channels;
        var (s0, s1, s2, s3) = (M.Zero, M.Zero, M.Zero, M.Zero);
        var (q0, q1, q2, q3) = (M.Zero, M.Zero, M.Zero, M.Zero);
        var row = 0;
        for (; row + 4 <= count; row += 4)
        {
            var d0 = M.Subtract(M.Load(rows), first);
            var d1 = M.Subtract(M.Load(rows + step), first);
            var d2 = M.Subtract(M.Load(rows + 2 * (nint)step), first);
            var d3 = M.Subtract(M.Load(rows + 3 * (nint)step), first);
            (s0, s1, s2, s3) = (M.Add(s0, d0), M.Add(s1, d1), M.Add(s2, d2), M.Add(s3, d3));
            (q0, q1, q2, q3) = (M.Fma(d0, d0, q0), M.Fma(d1, d1, q1), M.Fma(d2, d2, q2), M.Fma(d3, d3, q3));
            rows += 4 * (nint)step;
        }

        for (; row < count; row++)
        {
            var d = M.Subtract(M.Load(rows), first);
            (s0, q0) = (M.Add(s0, d), M.Fma(d, d, q0));
            rows += step;
        }

        AddTo<W, M>(at + channels, M.Add(M.Add(s0, s1), M.Add(s2, s3)));
        AddTo<W, M>(at + 2 * channels, M.Add(M.Add(q0, q1), M.Add(q2, q3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<W, M>(float* at, W value) where W : struct where M : struct, ILanes<W> =>
        M.Store(at, M.Add(M.Load(at), value));

    private int Count(int item) => *(int*)(partials + (nint)item * Pitch + 3 * channels);

    private double Mean(int item, int channel)
    {
        var at = partials + (nint)item * Pitch + channel;
        return (double)at[0] + at[channels];
    }
}
