namespace FunctionalStack.Neural;

/// <summary>
/// The shape of one example: height x width x channels, channels innermost (NHWC within a batch). A vector of n elements
/// is 1 x 1 x n.
/// </summary>
/// <param name="Height">Rows of pixels; at least 1.</param>
/// <param name="Width">Pixels per row; at least 1.</param>
/// <param name="Channels">Elements per pixel; at least 1.</param>
public sealed record Shape(int Height, int Width, int Channels)
{
    /// <summary>The shape of a vector.</summary>
    public static Shape Vector(int length) => new(1, 1, length);

    /// <summary>The number of elements of an example.</summary>
    public int Size => Height * Width * Channels;

    /// <summary>The number of pixels of an example.</summary>
    public int Pixels => Height * Width;

    /// <summary>Whether it is a vector: height and width are 1.</summary>
    public bool IsVector => Pixels == 1;

    /// <inheritdoc/>
    public override string ToString() => IsVector ? $"{Channels}" : $"{Height}x{Width}x{Channels}";
}
