namespace FunctionalStack.Neural.Host;

/// <summary>The sizes of an example and of what a pooling makes of it; as <see cref="Pooling.Of"/>, without making a shape.</summary>
internal readonly struct PooledImage(Shape image, Pooling pooling)
{
    public int Rows { get; } = (image.Height - pooling.Height) / pooling.Stride + 1;

    public int Columns { get; } = (image.Width - pooling.Width) / pooling.Stride + 1;

    public int Height { get; } = image.Height;

    public int Width { get; } = image.Width;

    public int Channels { get; } = image.Channels;

    public Pooling Pooling { get; } = pooling;

    /// <summary>Numbers of an example after the pooling.</summary>
    public int Size => Rows * Columns * Channels;

    /// <summary>Numbers of an example before it.</summary>
    public int ImageSize => Height * Width * Channels;

    public int RowSize => Width * Channels;

    /// <summary>Where a window begins.</summary>
    /// <param name="window">In row order.</param>
    /// <param name="rowPitch">Numbers from row to row.</param>
    /// <param name="pixelPitch">Numbers from pixel to pixel.</param>
    public nint Corner(int window, int rowPitch, int pixelPitch)
    {
        var (row, column) = int.DivRem(window, Columns);
        return ((nint)row * rowPitch + (nint)column * pixelPitch) * Pooling.Stride;
    }
}
