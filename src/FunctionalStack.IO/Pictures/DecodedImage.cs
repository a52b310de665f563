using System.Globalization;

namespace FunctionalStack.IO;

/// <summary>Height and width of an image.</summary>
/// <param name="Height">Rows of pixels; at least 1.</param>
/// <param name="Width">Pixels per row; at least 1.</param>
public readonly record struct ImageSize(int Height, int Width)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}";

    /// <summary>The failure of a size that no image can have; null if one can.</summary>
    internal Failure? Refused => Height >= 1 && Width >= 1 && (long)Height * Width <= Pictures.MostPixels ? null : new("the size",
        $"is {this} (height x width)", string.Create(CultureInfo.InvariantCulture,
            $"Give a height and a width of at least 1, and at most {Pictures.MostPixels:N0} pixels."));
}

/// <summary>One decoded image.</summary>
/// <param name="Height">Rows of pixels; at least 1.</param>
/// <param name="Width">Pixels per row; at least 1.</param>
/// <param name="Channels">Bytes per pixel: 1 for grey, 3 for colour.</param>
/// <param name="Pixels">Height x Width x Channels bytes, channels innermost.</param>
public sealed record DecodedImage(int Height, int Width, int Channels, byte[] Pixels)
{
    /// <summary>The note for a grey image that is read together with colour images.</summary>
    public const string GreyAmongColour = "is grey, and is read as three equal channels";

    internal string Size => $"{Height}x{Width}x{Channels}";

    /// <summary>The image with three channels; those of a grey image are equal.</summary>
    public DecodedImage InColour() => Channels == 3 ? this : this with { Channels = 3, Pixels = InColour(Pixels) };

    internal static byte[] InColour(byte[] grey)
    {
        var pixels = new byte[checked(3 * grey.Length)];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = grey[i / 3];
        return pixels;
    }
}
