using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// Sums g and g * (z - mean) over a band of windows: at each window's maximum, or at its pixels in equal shares. Overlapping
/// windows need no scatter here, since both sums are linear in the upstream gradient.
/// </summary>
internal readonly unsafe struct GradientSumKernel(
    float* upstream, float* data, int windows, int columns, PooledImage image, bool isPooled, Normalizer normalizer, float slope,
        float* partial)
    : IChannelKernel
{
    private readonly float* upstream = upstream;
    private readonly float* data = data;
    private readonly float* partial = partial;
    private readonly PooledImage image = image;
    private readonly Normalizer normalizer = normalizer;

    public void Do<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        if (!isPooled) Direct<W, M, A>(channel);
        else if (image.Pooling.Kind == PoolingKind.Average) Average<W, M, A>(channel);
        else if (GradientKernel.IsFours(image.Pooling)) Fours<W, M, A>(channel);
        else Winners<W, M, A>(channel);
    }

    private void Direct<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var (leak, step, count) = (M.Broadcast(slope), image.Channels, windows * columns);
        var up = upstream + channel;
        var z = data + channel;
        var (sum, products) = (M.Zero, M.Zero);
        for (var x = 0; x < count; x++)
        {
            var d = M.Subtract(M.Load(z), mean);
            var g = A.Back<W, M>(M.Fma(d, scale, beta), M.Load(up), leak);
            sum = M.Add(sum, g);
            products = M.Fma(g, d, products);
            up += step;
            z += step;
        }

        Add<W, M>(channel, sum, products);
    }

    private void Fours<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var (leak, step, count) = (M.Broadcast(slope), image.Channels, columns);
        var up = upstream + channel;
        var (sum, products) = (M.Zero, M.Zero);
        for (var row = 0; row < windows; row++)
        {
            var z = data + channel + (nint)row * 2 * image.RowSize;
            var below = z + image.RowSize;
            for (var x = 0; x < count; x++)
            {
                var (d0, d1) = (M.Subtract(M.Load(z), mean), M.Subtract(M.Load(z + step), mean));
                var (d2, d3) = (M.Subtract(M.Load(below), mean), M.Subtract(M.Load(below + step), mean));
                var (y0, y1) = (Compared<W, M, A>(d0, scale, beta, leak), Compared<W, M, A>(d1, scale, beta, leak));
                var (y2, y3) = (Compared<W, M, A>(d2, scale, beta, leak), Compared<W, M, A>(d3, scale, beta, leak));
                var (top, bottom) = (M.IfGreater(y1, y0, y1, y0), M.IfGreater(y3, y2, y3, y2));
                var d = M.IfGreater(bottom, top, M.IfGreater(y3, y2, d3, d2), M.IfGreater(y1, y0, d1, d0));
                var g = A.Back<W, M>(M.Fma(d, scale, beta), M.Load(up), leak);
                sum = M.Add(sum, g);
                products = M.Fma(g, d, products);
                up += step;
                z += 2 * step;
                below += 2 * step;
            }
        }

        Add<W, M>(channel, sum, products);
    }

    private void Winners<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var leak = M.Broadcast(slope);
        var (height, width, step) = (image.Pooling.Height, image.Pooling.Width, image.Channels);
        var (sum, products) = (M.Zero, M.Zero);
        for (var window = 0; window < windows * columns; window++)
        {
            var corner = data + channel + image.Corner(window, image.RowSize, image.Channels);
            var winner = M.Subtract(M.Load(corner), mean);
            var greatest = Compared<W, M, A>(winner, scale, beta, leak);
            for (var dy = 0; dy < height; dy++)
            {
                for (var dx = 0; dx < width; dx++)
                {
                    var d = M.Subtract(M.Load(corner + (nint)dy * image.RowSize + dx * step), mean);
                    var y = Compared<W, M, A>(d, scale, beta, leak);
                    winner = M.IfGreater(y, greatest, d, winner);
                    greatest = M.IfGreater(y, greatest, y, greatest);
                }
            }

            var g = A.Back<W, M>(M.Fma(winner, scale, beta), M.Load(upstream + channel + (nint)window * image.Channels), leak);
            sum = M.Add(sum, g);
            products = M.Fma(g, winner, products);
        }

        Add<W, M>(channel, sum, products);
    }

    private void Average<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) = (normalizer.Mean<W, M>(channel), normalizer.Scale<W, M>(channel), normalizer.Beta<W, M>(channel));
        var (leak, step) = (M.Broadcast(slope), image.Channels);
        var share = M.Broadcast(1f / (image.Pooling.Height * image.Pooling.Width));
        for (var window = 0; window < windows * columns; window++)
        {
            var (sum, products) = (M.Zero, M.Zero);
            var upstreamShare = M.Multiply(M.Load(upstream + channel + (nint)window * step), share);
            var corner = data + channel + image.Corner(window, image.RowSize, step);
            for (var dy = 0; dy < image.Pooling.Height; dy++)
            {
                var z = corner + (nint)dy * image.RowSize;
                for (var dx = 0; dx < image.Pooling.Width; dx++)
                {
                    var d = M.Subtract(M.Load(z), mean);
                    var g = A.Back<W, M>(M.Fma(d, scale, beta), upstreamShare, leak);
                    sum = M.Add(sum, g);
                    products = M.Fma(g, d, products);
                    z += step;
                }
            }

            Add<W, M>(channel, sum, products);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W Compared<W, M, A>(W d, W scale, W beta, W leak)
        where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var u = M.Fma(d, scale, beta);
        return A.Increasing ? u : A.Of<W, M>(u, leak);
    }

    private void Add<W, M>(int channel, W sum, W products) where W : struct where M : struct, ILanes<W>
    {
        var at = partial + channel;
        M.Store(at, M.Add(M.Load(at), products));
        at += image.Channels;
        M.Store(at, M.Add(M.Load(at), sum));
    }
}
