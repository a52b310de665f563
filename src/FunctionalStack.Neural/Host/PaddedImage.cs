namespace FunctionalStack.Neural.Host;

/// <summary>
/// The input of a convolution, one example at a time, normalized, activated and zero-padded. It is copied to scratch memory, or
/// used in place if it needs none of these.
/// </summary>
internal readonly unsafe struct PaddedImage<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    private readonly SourceReader<V, L> reader;
    private readonly float* inPlace;
    private readonly int size;
    private readonly int origin;

    public PaddedImage(Convolution window, Source x, float* arena)
    {
        var (height, width, channels) = (x.Shape.Height, x.Shape.Width, x.Shape.Channels);
        var rows = Math.Max(window.Top + height, (window.Output.Height - 1) * window.Stride + window.Kernel);
        var columns = Math.Max(window.Left + width, (window.Output.Width - 1) * window.Stride + window.Kernel);
        reader = SourceReader<V, L>.Of(x, arena);
        size = x.Shape.Size;
        Pitch = columns * channels;
        IsPadded = rows > height || columns > width;
        origin = window.Top * Pitch + window.Left * channels;
        inPlace = x.IsPlain && !IsPadded ? arena + x.Data.Offset : null;
        Floats = inPlace is null ? Slice.Aligned(rows * Pitch) : 0;
    }

    /// <summary>Elements from one row to the next.</summary>
    public int Pitch { get; }

    /// <summary>Whether there is a zero border: scratch memory must then be zero before the first read.</summary>
    public bool IsPadded { get; }

    /// <summary>The size of the scratch memory in elements.</summary>
    public int Floats { get; }

    /// <summary>The first element of an example. Only the area within the border is ever written.</summary>
    public float* Example(int example, float* scratch)
    {
        if (inPlace is not null) return inPlace + example * size;
        reader.Read(example, scratch + origin, Pitch);
        return scratch;
    }
}
