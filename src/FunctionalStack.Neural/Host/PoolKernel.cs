using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>Rows of pooling windows: the maximum or the mean of each window's normalized and activated pixels.</summary>
internal readonly unsafe struct PoolKernel(
    float* from, float* to, int rows, int columns, int width, int channels, Pooling pooling, Normalizer normalizer, float slope)
        : IChannelKernel
{
    private readonly float* from = from;
    private readonly float* to = to;
    private readonly Normalizer normalizer = normalizer;

    public void Do<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        if (pooling.Kind == PoolingKind.Average) Average<W, M, A>(channel);
        else if (pooling is { Height: 2, Width: 2 }) GreatestOfFour<W, M, A>(channel);
        else Greatest<W, M, A>(channel);
    }

    // A non-decreasing activation is applied once, to the maximum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W Compared<W, M, A>(W z, W mean, W scale, W beta, W leak)
        where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var u = M.Fma(M.Subtract(z, mean), scale, beta);
        return A.Increasing ? u : A.Of<W, M>(u, leak);
    }

    private void GreatestOfFour<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var (leak, step, across, count) = (M.Broadcast(slope), channels, pooling.Stride * channels, columns);
        var y = to + channel;
        for (var row = 0; row < rows; row++)
        {
            var top = from + channel + (nint)row * pooling.Stride * width * step;
            var bottom = top + (nint)width * step;
            for (var x = 0; x < count; x++)
            {
                var greatest = M.Max(
                    M.Max(Compared<W, M, A>(M.Load(top), mean, scale, beta, leak),
                        Compared<W, M, A>(M.Load(top + step), mean, scale, beta, leak)),
                    M.Max(Compared<W, M, A>(M.Load(bottom), mean, scale, beta, leak),
                        Compared<W, M, A>(M.Load(bottom + step), mean, scale, beta, leak)));
                M.Store(y, A.Increasing ? A.Of<W, M>(greatest, leak) : greatest);
                top += across;
                bottom += across;
                y += step;
            }
        }
    }

    private void Greatest<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var leak = M.Broadcast(slope);
        var y = to + channel;
        for (var window = 0; window < rows * columns; window++)
        {
            var corner = Corner(window, channel);
            var greatest = Compared<W, M, A>(M.Load(corner), mean, scale, beta, leak);
            for (var dy = 0; dy < pooling.Height; dy++)
            {
                for (var dx = 0; dx < pooling.Width; dx++)
                {
                    var z = M.Load(corner + ((nint)dy * width + dx) * channels);
                    greatest = M.Max(greatest, Compared<W, M, A>(z, mean, scale, beta, leak));
                }
            }

            M.Store(y, A.Increasing ? A.Of<W, M>(greatest, leak) : greatest);
            y += channels;
        }
    }

    private void Average<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var (leak, step) = (M.Broadcast(slope), channels);
        var share = M.Broadcast(1f / (pooling.Height * pooling.Width));
        var y = to + channel;
        for (var window = 0; window < rows * columns; window++)
        {
            var corner = Corner(window, channel);
            var sum = M.Zero;
            for (var dy = 0; dy < pooling.Height; dy++)
            {
                // Row by row: windows as large as an image lose fewer digits.
                var rowSum = M.Zero;
                var z = corner + (nint)dy * width * step;
                for (var dx = 0; dx < pooling.Width; dx++)
                {
                    rowSum = M.Add(rowSum, A.Of<W, M>(M.Fma(M.Subtract(M.Load(z), mean), scale, beta), leak));
                    z += step;
                }

                sum = M.Add(sum, rowSum);
            }

            M.Store(y, M.Multiply(sum, share));
            y += step;
        }
    }

    private float* Corner(int window, int channel)
    {
        var (row, column) = int.DivRem(window, columns);
        return from + channel + ((nint)row * width + column) * pooling.Stride * channels;
    }
}
