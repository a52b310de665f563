namespace FunctionalStack.Neural.Host;

/// <summary>A <see cref="Source"/> by pointers, ready to be read an example at a time, from any thread.</summary>
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

    /// <summary>Whether the numbers are read as they lie, so that <see cref="Example"/> will do.</summary>
    public bool IsPlain => normalizer.IsNone && activation.Kind == ActivationKind.Identity;

    public static SourceReader<V, L> Of(Source source, float* arena) => new(source, arena);

    /// <summary>Where an example's numbers lie, before they are read.</summary>
    public float* Example(int example) => data + (nint)example * height * width * channels;

    /// <summary>Writes an example as it is read: height x width x channels.</summary>
    /// <param name="example">From 0.</param>
    /// <param name="to">Where its first number goes.</param>
    /// <param name="rowPitch">Numbers from row to row there.</param>
    public void Read(int example, float* to, int rowPitch) => Read(example, 0, height, to, rowPitch);

    /// <summary>Writes some rows of an example as they are read.</summary>
    /// <param name="example">From 0.</param>
    /// <param name="first">The first row wanted.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">Where the first wanted row's first number goes.</param>
    /// <param name="rowPitch">Numbers from row to row there.</param>
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

    /// <summary>Writes neighbouring examples that are vectors as they are read.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">Where the first one's first number goes.</param>
    /// <param name="pitch">Numbers from example to example there.</param>
    public void ReadVectors(int first, int count, float* to, int pitch)
    {
        var size = height * width * channels;
        if (size != channels)
        {
            // Images seen as vectors: their pixels are numbers of one row.
            for (var i = 0; i < count; i++) Read(first + i, to + (nint)i * pitch, width * channels);
            return;
        }

        var band = ChannelKernels.BandRows(channels);
        for (var i = 0; i < count; i += band) Read(Example(first + i), 1, Math.Min(band, count - i), to + (nint)i * pitch, 0, pitch);
    }

    /// <summary>One example, pooled as it is read; nothing lies between.</summary>
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
            // Rows of neighbouring pixels, or pixels apart from each other.
            var (runs, run, pitch) = pixelPitch == channels ? (rows, columns * channels, rowPitch) : (columns, channels, pixelPitch);
            for (var i = 0; i < runs; i++) new Span<float>(from + (nint)i * run, run).CopyTo(new(to + (nint)i * pitch, run));
            return;
        }

        var kernel = new ReadKernel(from, to, rows, columns, rowPitch, pixelPitch, channels, normalizer, activation.Slope);
        ChannelKernels.Run<V, L, ReadKernel>(ref kernel, channels, activation.Kind);
    }
}
