namespace FunctionalStack.Neural.Host;

/// <summary>The sizes of an example before and after pooling. As <see cref="Pooling.Of"/>, without allocating a shape.</summary>
internal readonly struct PooledImage(Shape image, Pooling pooling)
{
    public int Rows { get; } = (image.Height - pooling.Height) / pooling.Stride + 1;

    public int Columns { get; } = (image.Width - pooling.Width) / pooling.Stride + 1;

    public int Height { get; } = image.Height;

    public int Width { get; } = image.Width;

    public int Channels { get; } = image.Channels;

    public Pooling Pooling { get; } = pooling;

    /// <summary>The number of elements of an example after pooling.</summary>
    public int Size => Rows * Columns * Channels;

    /// <summary>The number of elements of an example before pooling.</summary>
    public int ImageSize => Height * Width * Channels;

    public int RowSize => Width * Channels;

    /// <summary>The offset of a window's first pixel.</summary>
    /// <param name="window">The window, in row order.</param>
    /// <param name="rowPitch">Elements from one row to the next.</param>
    /// <param name="pixelPitch">Elements from one pixel to the next.</param>
    public nint Corner(int window, int rowPitch, int pixelPitch)
    {
        var (row, column) = int.DivRem(window, Columns);
        return ((nint)row * rowPitch + (nint)column * pixelPitch) * Pooling.Stride;
    }
}
