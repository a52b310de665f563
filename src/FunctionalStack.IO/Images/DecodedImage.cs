namespace FunctionalStack.IO;

/// <summary>One picture as bytes.</summary>
/// <param name="Height">Rows of pixels; at least 1.</param>
/// <param name="Width">Pixels a row; at least 1.</param>
/// <param name="Channels">Bytes a pixel: 1 for grey, 3 for colour.</param>
/// <param name="Pixels">Height x Width x Channels bytes, channels innermost.</param>
public sealed record DecodedImage(int Height, int Width, int Channels, byte[] Pixels)
{
    internal string Size => $"{Height}x{Width}x{Channels}";
}
