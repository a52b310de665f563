namespace FunctionalStack.Neural.Host;

/// <summary>A <see cref="Source"/> with its pointers resolved, read one example at a time from any thread.</summary>
internal readonly unsafe struct SourceReader<V, L> where V : struct where L : struct, ILanes<V>
{
    private readonly float* data;
    private readonly int height;
    private readonly int width;
    private readonly int channels;
    private readonly Normalizer normalizer;
    private readonly Activation activation;

    private SourceReader(Source source, float* arena)
    {
        data = arena + source.Data.Offset;
        (height, width, channels) = (source.Shape.Height, source.Shape.Width, source.Shape.Channels);
        normalizer = Normalizer.Of(source.Normalization, arena);
        activation = source.Activation;
    }

    /// <summary>Whether the data is read unchanged, so that <see cref="Example"/> can be used directly.</summary>
    public bool IsPlain => normalizer.IsNone && activation.Kind == ActivationKind.Identity;

    public static SourceReader<V, L> Of(Source source, float* arena) => new(source, arena);

    /// <summary>The data of an example, before normalization and activation.</summary>
    public float* Example(int example) => data + (nint)example * height * width * channels;

    /// <summary>Writes an example, normalized and activated: height x width x channels.</summary>
    /// <param name="example">The example, from 0.</param>
    /// <param name="to">The destination of its first element.</param>
    /// <param name="rowPitch">Elements from one destination row to the next.</param>
    public void Read(int example, float* to, int rowPitch) => Read(example, 0, height, to, rowPitch);

    /// <summary>Writes some rows of an example, normalized and activated.</summary>
    /// <param name="example">The example, from 0.</param>
    /// <param name="first">The first row to read.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="to">The destination of the first row's first element.</param>
    /// <param name="rowPitch">Elements from one destination row to the next.</param>
    public void Read(int example, int first, int rows, float* to, int rowPitch)
    {
        var rowSize = width * channels;
        var band = ChannelKernels.BandRows(rowSize);
        var from = Example(example) + (nint)first * rowSize;
        for (var row = 0; row < rows; row += band)
        {
            Read(from + (nint)row * rowSize, Math.Min(band, rows - row), width, to + (nint)row * rowPitch, rowPitch, channels);
        }
    }

    /// <summary>Writes neighbouring examples that are vectors, normalized and activated.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">The number of examples.</param>
    /// <param name="to">The destination of the first example's first element.</param>
    /// <param name="pitch">Elements from one destination example to the next.</param>
    public void ReadVectors(int first, int count, float* to, int pitch)
    {
        var size = height * width * channels;
        if (size != channels)
        {
            // Images flattened to vectors: an image's elements are contiguous.
            for (var i = 0; i < count; i++) Read(first + i, to + (nint)i * pitch, width * channels);
            return;
        }

        var band = ChannelKernels.BandRows(channels);
        for (var i = 0; i < count; i += band) Read(Example(first + i), 1, Math.Min(band, count - i), to + (nint)i * pitch, 0, pitch);
    }

    /// <summary>Writes one example, pooled, without an intermediate buffer.</summary>
    public void ReadPooled(int example, Pooling pooling, float* to)
    {
        var columns = (width - pooling.Width) / pooling.Stride + 1;
        var rows = (height - pooling.Height) / pooling.Stride + 1;
        var band = ChannelKernels.BandRows(pooling.Stride * width * channels);
        for (var row = 0; row < rows; row += band)
        {
            var kernel = new PoolKernel(
                Example(example) + (nint)row * pooling.Stride * width * channels, to + (nint)row * columns * channels,
                Math.Min(band, rows - row), columns, width, channels, pooling, normalizer, activation.Slope);
            ChannelKernels.Run<V, L, PoolKernel>(ref kernel, channels, activation.Kind);
        }
    }

    private void Read(float* from, int rows, int columns, float* to, int rowPitch, int pixelPitch)
    {
        if (IsPlain)
        {
            // Rows of contiguous pixels, or of pixels at a distance.
            var (runs, run, pitch) = pixelPitch == channels ? (rows, columns * channels, rowPitch) : (columns, channels, pixelPitch);
            for (var i = 0; i < runs; i++) new Span<float>(from + (nint)i * run, run).CopyTo(new(to + (nint)i * pitch, run));
            return;
        }

        var kernel = new ReadKernel(from, to, rows, columns, rowPitch, pixelPitch, channels, normalizer, activation.Slope);
        ChannelKernels.Run<V, L, ReadKernel>(ref kernel, channels, activation.Kind);
    }
}
