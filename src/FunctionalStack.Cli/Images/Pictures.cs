using FunctionalStack.IO;
using SkiaSharp;

namespace FunctionalStack.Cli.Images;

/// <summary>Reads PNG, JPEG and what else Skia knows.</summary>
internal static class Pictures
{
    /// <summary>
    /// A picture's bytes: one channel where the file is grey, else red, green and blue, what is transparent over black.
    /// Fails where the file is no picture, or a damaged one.
    /// </summary>
    public static Outcome<DecodedImage> Decode(string path)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null) return Outcome.Fail<DecodedImage>(path, "is no picture that can be read", "Give PNG or JPEG files.");
        var grey = codec.Info.ColorType == SKColorType.Gray8;
        var (height, width) = (codec.Info.Height, codec.Info.Width);
        var result = codec.GetPixels(new SKImageInfo(width, height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, grey ? SKAlphaType.Opaque : SKAlphaType.Premul), out var pixels);
        if (result != SKCodecResult.Success) return Outcome.Fail<DecodedImage>(path, $"is a damaged picture ({result})", "Copy it again.");
        return Outcome.Ok(new DecodedImage(height, width, grey ? 1 : 3, grey ? pixels : WithoutAlpha(pixels)));
    }

    /// <summary>Whether the file begins as a picture does.</summary>
    public static bool IsPicture(string path)
    {
        using var codec = SKCodec.Create(path);
        return codec is not null;
    }

    private static byte[] WithoutAlpha(byte[] pixels)
    {
        var kept = new byte[pixels.Length / 4 * 3];
        for (var i = 0; i < kept.Length; i++) kept[i] = pixels[i / 3 * 4 + i % 3];
        return kept;
    }
}
