namespace FunctionalStack.Neural;

/// <summary>
/// The shape of one example: height x width x channels, channels innermost (NHWC within a batch). A vector of n numbers
/// is 1 x 1 x n.
/// </summary>
/// <param name="Height">Rows of pixels; at least 1.</param>
/// <param name="Width">Pixels a row; at least 1.</param>
/// <param name="Channels">Numbers a pixel; at least 1.</param>
public sealed record Shape(int Height, int Width, int Channels)
{
    public static Shape Vector(int length) => new(1, 1, length);

    /// <summary>Numbers an example.</summary>
    public int Size => Height * Width * Channels;

    public int Pixels => Height * Width;

    public bool IsVector => Pixels == 1;

    public override string ToString() => IsVector ? $"{Channels}" : $"{Height}x{Width}x{Channels}";
}
