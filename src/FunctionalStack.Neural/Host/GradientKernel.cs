using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>The gradient of a band of rows: the upstream gradient through pooling, activation and normalization.</summary>
/// <param name="upstream">The upstream gradient of the band's windows; without pooling, of its pixels.</param>
/// <param name="data">The data of the band's rows.</param>
/// <param name="windows">Rows of windows.</param>
/// <param name="columns">Windows per row.</param>
/// <param name="rows">Rows of pixels; in the last band there may be more than the windows cover.</param>
/// <param name="image">The sizes of the whole example.</param>
/// <param name="isPooled">Whether there is pooling. Otherwise windows are single pixels, in runs of <paramref name="columns"/>.</param>
/// <param name="terms">The terms of the normalization.</param>
/// <param name="slope">The parameter of the activation.</param>
/// <param name="to">The destination of the band's first element.</param>
/// <param name="rowPitch">Elements from one destination row to the next.</param>
/// <param name="pixelPitch">Elements from one destination pixel to the next.</param>
internal readonly unsafe struct GradientKernel(
    float* upstream, float* data, int windows, int columns, int rows, PooledImage image, bool isPooled, GradientTerms terms, float slope,
    float* to, int rowPitch, int pixelPitch) : IChannelKernel
{
    private readonly float* upstream = upstream;
    private readonly float* data = data;
    private readonly float* to = to;
    private readonly PooledImage image = image;
    private readonly GradientTerms terms = terms;

    /// <summary>Whether the pooling is the most common one: the maximum of non-overlapping 2 x 2 windows.</summary>
    public static bool IsFours(Pooling pooling) => pooling is { Kind: PoolingKind.Max, Height: 2, Width: 2, Stride: 2 };

    public void Do<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        if (!isPooled) Direct<W, M, A>(channel);
        else if (IsFours(image.Pooling)) Fours<W, M, A>(channel);
        else Scattered<W, M, A>(channel);
    }

    private void Direct<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) =
            (terms.Normalizer.Mean<W, M>(channel), terms.Normalizer.Scale<W, M>(channel), terms.Normalizer.Beta<W, M>(channel));
        var (tilt, offset, normalized) = (terms.Slope<W, M>(channel), terms.Offset<W, M>(channel), terms.IsNormalized);
        var (leak, step, pitch, count) = (M.Broadcast(slope), image.Channels, pixelPitch, columns);
        var up = upstream + channel;
        var z = data + channel;
        for (var row = 0; row < windows; row++)
        {
            var dz = to + channel + (nint)row * rowPitch;
            for (var x = 0; x < count; x++)
            {
                var d = M.Subtract(M.Load(z), mean);
                var g = A.Back<W, M>(M.Fma(d, scale, beta), M.Load(up), leak);
                M.Store(dz, Normalized<W, M>(g, d, scale, tilt, offset, normalized));
                up += step;
                z += step;
                dz += pitch;
            }
        }
    }

    // Per window: the maximum of each row, then of the two rows. Only a strictly greater value replaces an earlier one.
    private void Fours<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) =
            (terms.Normalizer.Mean<W, M>(channel), terms.Normalizer.Scale<W, M>(channel), terms.Normalizer.Beta<W, M>(channel));
        var (tilt, offset, normalized) = (terms.Slope<W, M>(channel), terms.Offset<W, M>(channel), terms.IsNormalized);
        var (leak, step, pitch, count) = (M.Broadcast(slope), image.Channels, pixelPitch, columns);
        var up = upstream + channel;
        for (var row = 0; row < windows; row++)
        {
            var z = data + channel + (nint)row * 2 * image.RowSize;
            var below = z + image.RowSize;
            var dz = to + channel + (nint)row * 2 * rowPitch;
            var dzBelow = dz + rowPitch;
            for (var x = 0; x < count; x++)
            {
                var (d0, d1) = (M.Subtract(M.Load(z), mean), M.Subtract(M.Load(z + step), mean));
                var (d2, d3) = (M.Subtract(M.Load(below), mean), M.Subtract(M.Load(below + step), mean));
                var (u0, u1, u2, u3) = (M.Fma(d0, scale, beta), M.Fma(d1, scale, beta), M.Fma(d2, scale, beta), M.Fma(d3, scale, beta));
                var (y0, y1) = (Compared<W, M, A>(u0, leak), Compared<W, M, A>(u1, leak));
                var (y2, y3) = (Compared<W, M, A>(u2, leak), Compared<W, M, A>(u3, leak));
                var (top, bottom) = (M.IfGreater(y1, y0, y1, y0), M.IfGreater(y3, y2, y3, y2));
                var g = M.Load(up);
                var (above, under) = (M.IfGreater(bottom, top, M.Zero, g), M.IfGreater(bottom, top, g, M.Zero));
                var g0 = A.Back<W, M>(u0, M.IfGreater(y1, y0, M.Zero, above), leak);
                var g1 = A.Back<W, M>(u1, M.IfGreater(y1, y0, above, M.Zero), leak);
                var g2 = A.Back<W, M>(u2, M.IfGreater(y3, y2, M.Zero, under), leak);
                var g3 = A.Back<W, M>(u3, M.IfGreater(y3, y2, under, M.Zero), leak);
                M.Store(dz, Normalized<W, M>(g0, d0, scale, tilt, offset, normalized));
                M.Store(dz + pitch, Normalized<W, M>(g1, d1, scale, tilt, offset, normalized));
                M.Store(dzBelow, Normalized<W, M>(g2, d2, scale, tilt, offset, normalized));
                M.Store(dzBelow + pitch, Normalized<W, M>(g3, d3, scale, tilt, offset, normalized));
                up += step;
                z += 2 * step;
                below += 2 * step;
                dz += 2 * pitch;
                dzBelow += 2 * pitch;
            }
        }

        // Pixels outside all windows have no upstream gradient, but take their share of the batch's terms.
        for (var row = 0; row < rows; row++)
        {
            for (var x = row < 2 * windows ? 2 * count : 0; x < image.Width; x++)
            {
                var d = M.Subtract(M.Load(data + channel + (nint)row * image.RowSize + x * step), mean);
                M.Store(to + channel + (nint)row * rowPitch + (nint)x * pitch,
                    Normalized<W, M>(M.Zero, d, scale, tilt, offset, normalized));
            }
        }
    }

    // Any other pooling: windows accumulate in place in row order, then every pixel is finished.
    private void Scattered<W, M, A>(int channel) where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        for (var row = 0; row < rows; row++)
        {
            for (var x = 0; x < image.Width; x++) M.Store(to + channel + (nint)row * rowPitch + (nint)x * pixelPitch, M.Zero);
        }

        for (var window = 0; window < windows * columns; window++)
        {
            var g = M.Load(upstream + channel + (nint)window * image.Channels);
            var dz = to + channel + image.Corner(window, rowPitch, pixelPitch);
            if (image.Pooling.Kind == PoolingKind.Max) GiveWinner<W, M, A>(channel, window, g, dz);
            else Share<W, M>(g, dz);
        }

        var (mean, scale, beta) =
            (terms.Normalizer.Mean<W, M>(channel), terms.Normalizer.Scale<W, M>(channel), terms.Normalizer.Beta<W, M>(channel));
        var (tilt, offset, normalized) = (terms.Slope<W, M>(channel), terms.Offset<W, M>(channel), terms.IsNormalized);
        var leak = M.Broadcast(slope);
        for (var row = 0; row < rows; row++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var dz = to + channel + (nint)row * rowPitch + (nint)x * pixelPitch;
                var d = M.Subtract(M.Load(data + channel + (nint)row * image.RowSize + x * image.Channels), mean);
                M.Store(dz, Normalized<W, M>(A.Back<W, M>(M.Fma(d, scale, beta), M.Load(dz), leak), d, scale, tilt, offset, normalized));
            }
        }
    }

    private void GiveWinner<W, M, A>(int channel, int window, W g, float* dz)
        where W : struct where M : struct, ILanes<W> where A : struct, IActivation
    {
        var (mean, scale, beta) =
            (terms.Normalizer.Mean<W, M>(channel), terms.Normalizer.Scale<W, M>(channel), terms.Normalizer.Beta<W, M>(channel));
        var leak = M.Broadcast(slope);
        var (height, width, step) = (image.Pooling.Height, image.Pooling.Width, image.Channels);
        var corner = data + channel + image.Corner(window, image.RowSize, image.Channels);
        var greatest = Compared<W, M, A>(M.Fma(M.Subtract(M.Load(corner), mean), scale, beta), leak);
        for (var dy = 0; dy < height; dy++)
        {
            for (var dx = 0; dx < width; dx++)
            {
                var z = M.Load(corner + (nint)dy * image.RowSize + dx * step);
                greatest = M.Max(greatest, Compared<W, M, A>(M.Fma(M.Subtract(z, mean), scale, beta), leak));
            }
        }

        // The first value equal to the maximum takes the remaining gradient; later ones find 0.
        for (var dy = 0; dy < height; dy++)
        {
            for (var dx = 0; dx < width; dx++)
            {
                var z = M.Load(corner + (nint)dy * image.RowSize + dx * step);
                var y = Compared<W, M, A>(M.Fma(M.Subtract(z, mean), scale, beta), leak);
                var pixel = dz + (nint)dy * rowPitch + (nint)dx * pixelPitch;
                M.Store(pixel, M.Add(M.Load(pixel), M.IfGreater(greatest, y, M.Zero, g)));
                g = M.IfGreater(greatest, y, g, M.Zero);
            }
        }
    }

    private void Share<W, M>(W g, float* dz) where W : struct where M : struct, ILanes<W>
    {
        g = M.Multiply(g, M.Broadcast(1f / (image.Pooling.Height * image.Pooling.Width)));
        for (var dy = 0; dy < image.Pooling.Height; dy++)
        {
            for (var dx = 0; dx < image.Pooling.Width; dx++)
            {
                var pixel = dz + (nint)dy * rowPitch + (nint)dx * pixelPitch;
                M.Store(pixel, M.Add(M.Load(pixel), g));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W Compared<W, M, A>(W u, W leak) where W : struct where M : struct, ILanes<W> where A : struct, IActivation =>
        A.Increasing ? u : A.Of<W, M>(u, leak);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W Normalized<W, M>(W g, W d, W scale, W tilt, W offset, bool normalized) where W : struct where M : struct, ILanes<W> =>
        normalized ? M.Fma(scale, g, M.Fma(d, tilt, offset)) : g;
}
