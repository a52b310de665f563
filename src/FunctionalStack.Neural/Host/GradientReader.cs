namespace FunctionalStack.Neural.Host;

/// <summary>A <see cref="Gradient"/> with its pointers resolved, read one example at a time from any thread.</summary>
internal readonly unsafe struct GradientReader<V, L> where V : struct where L : struct, ILanes<V>
{
    // Without pooling it is read as windows of one pixel.
    private static readonly Pooling None = new(PoolingKind.Average, 1, 1, 1);

    private readonly float* upstream;
    private readonly float* data;
    private readonly PooledImage image;
    private readonly GradientTerms terms;
    private readonly Activation activation;
    private readonly bool isPooled;

    private GradientReader(int batch, Gradient gradient, float* arena)
    {
        upstream = arena + gradient.Upstream.Offset;
        data = arena + gradient.Of.Data.Offset;
        image = new(gradient.Of.Shape, gradient.Pooling ?? None);
        terms = new(batch, gradient, arena);
        activation = gradient.Of.Activation;
        isPooled = gradient.Pooling is { } pooling && (pooling.Height, pooling.Width, pooling.Stride) != (1, 1, 1);
    }

    /// <summary>Whether the gradient is the upstream gradient, so that <see cref="Upstream"/> can be used directly.</summary>
    public bool IsPlain => !isPooled && !terms.IsNormalized && activation.Kind == ActivationKind.Identity;

    /// <summary>The size of one item's sums in elements.</summary>
    public int PartialSize => 2 * image.Channels;

    public static GradientReader<V, L> Of(int batch, Gradient gradient, float* arena) => new(batch, gradient, arena);

    /// <summary>The upstream gradient of an example.</summary>
    public float* Upstream(int example) => upstream + (nint)example * image.Size;

    /// <summary>
    /// Writes an example's gradient: height x width x channels of <see cref="Gradient.Of"/>. Memory between the destination's
    /// pixels is not changed.
    /// </summary>
    /// <param name="example">The example, from 0.</param>
    /// <param name="to">The destination of its first element.</param>
    /// <param name="rowPitch">Elements from one destination row to the next.</param>
    /// <param name="pixelPitch">Elements from one destination pixel to the next; at least the number of channels.</param>
    public void Read(int example, float* to, int rowPitch, int pixelPitch)
    {
        var up = Upstream(example);
        var z = data + (nint)example * image.ImageSize;
        if (IsPlain && pixelPitch == image.Channels)
        {
            for (var row = 0; row < image.Height; row++) Copy(up + (nint)row * image.RowSize, to + (nint)row * rowPitch, image.RowSize);
            return;
        }

        var (stride, upRow) = (image.Pooling.Stride, image.Columns * image.Channels);
        var band = BandWindows;
        for (var row = 0; row < image.Rows; row += band)
        {
            var windows = Math.Min(band, image.Rows - row);
            var rows = row + windows == image.Rows ? image.Height - row * stride : windows * stride;
            Read(up + (nint)row * upRow, z + (nint)row * stride * image.RowSize, windows, image.Columns, rows,
                to + (nint)row * stride * rowPitch, rowPitch, pixelPitch);
        }
    }

    /// <summary>Writes the gradients of neighbouring examples, each contiguous.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">The number of examples.</param>
    /// <param name="to">The destination of the first example's first element.</param>
    /// <param name="pitch">Elements from one destination example to the next.</param>
    public void ReadVectors(int first, int count, float* to, int pitch)
    {
        if (isPooled || image.ImageSize != image.Channels || IsPlain)
        {
            for (var i = 0; i < count; i++) Read(first + i, to + (nint)i * pitch, image.RowSize, image.Channels);
            return;
        }

        var band = ChannelKernels.BandRows(image.Channels);
        for (var i = 0; i < count; i += band)
        {
            var offset = (nint)(first + i) * image.Channels;
            Read(upstream + offset, data + offset, 1, Math.Min(band, count - i), 1, to + (nint)i * pitch, 0, pitch);
        }
    }

    /// <summary>
    /// Adds the sums of neighbouring examples to an item's <see cref="PartialSize"/> elements, which must be zero before the
    /// item's first examples. <see cref="Gradient.Sums"/> are not read.
    /// </summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">The number of examples.</param>
    /// <param name="partial">Per channel the sum of g * (z - mean), then per channel the sum of g.</param>
    public void AddSums(int first, int count, float* partial)
    {
        if (image.ImageSize == image.Channels && !isPooled)
        {
            var band = ChannelKernels.BandRows(image.Channels);
            for (var i = 0; i < count; i += band)
            {
                var offset = (nint)(first + i) * image.Channels;
                AddSums(upstream + offset, data + offset, 1, Math.Min(band, count - i), partial);
            }

            return;
        }

        for (var i = first; i < first + count; i++)
        {
            var up = Upstream(i);
            var z = data + (nint)i * image.ImageSize;
            var band = ChannelKernels.BandRows(image.Pooling.Stride * image.RowSize);
            for (var row = 0; row < image.Rows; row += band)
            {
                AddSums(
                    up + (nint)row * image.Columns * image.Channels, z + (nint)row * image.Pooling.Stride * image.RowSize,
                    Math.Min(band, image.Rows - row), image.Columns, partial);
            }
        }
    }

    /// <summary>Merges the sums of the items in item order, in double precision.</summary>
    public void MergeSums(float* partials, int items, NormalizationSums to, float* arena)
    {
        var channels = image.Channels;
        for (var channel = 0; channel < channels; channel++)
        {
            var (gamma, beta) = (0.0, 0.0);
            for (var item = 0; item < items; item++)
            {
                var partial = partials + (nint)item * PartialSize + channel;
                gamma += partial[0];
                beta += partial[channels];
            }

            arena[to.Gamma.Offset + channel] = (float)(gamma * terms.Normalizer.InverseDeviation<float, Lanes32>(channel));
            arena[to.Beta.Offset + channel] = (float)beta;
        }
    }

    // Overlapping windows accumulate in place, so the whole image is one band.
    private int BandWindows => !isPooled || GradientKernel.IsFours(image.Pooling)
        ? ChannelKernels.BandRows(image.Pooling.Stride * image.RowSize)
        : image.Rows;

    private static void Copy(float* from, float* to, int length) => new Span<float>(from, length).CopyTo(new(to, length));

    private void Read(float* up, float* z, int windows, int columns, int rows, float* to, int rowPitch, int pixelPitch)
    {
        var kernel = new GradientKernel(up, z, windows, columns, rows, image, isPooled, terms, activation.Slope, to, rowPitch, pixelPitch);
        ChannelKernels.Run<V, L, GradientKernel>(ref kernel, image.Channels, activation.Kind);
    }

    private void AddSums(float* up, float* z, int windows, int columns, float* partial)
    {
        var kernel = new GradientSumKernel(up, z, windows, columns, image, isPooled, terms.Normalizer, activation.Slope, partial);
        ChannelKernels.Run<V, L, GradientSumKernel>(ref kernel, image.Channels, activation.Kind);
    }
}
