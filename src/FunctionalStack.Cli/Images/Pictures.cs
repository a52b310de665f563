using System.Runtime.InteropServices;
using FunctionalStack.IO;
using SkiaSharp;

namespace FunctionalStack.Cli.Images;

/// <summary>Reads PNG and JPEG files, and WebP, GIF and BMP files with one frame.</summary>
internal static class Pictures
{
    /// <summary>The largest number of pixels of a picture before it is resized: 2^27, such as 16,384 x 8,192.</summary>
    public const long MostPixels = 1 << 27;

    private const int MostBytes = 1 << 30;

    /// <summary>
    /// Decodes a picture in upright orientation: one channel for grey files, otherwise RGB, with transparent pixels over black.
    /// Fails before the pixels are allocated if the file is not a picture, is damaged or is too large.
    /// </summary>
    public static Outcome<DecodedImage> Decode(string path) =>
        from file in Read(path)
        from facts in PictureFacts.Of(path, file)
        from image in Decode(path, file, facts)
        select image;

    /// <summary>Whether the file starts like a picture.</summary>
    public static bool IsPicture(string path)
    {
        if (RealPath.IsSpecial(path)) return false;
        using var codec = SKCodec.Create(path);
        return codec is not null;
    }

    /// <summary>The failure of a file with more than one frame.</summary>
    public static Outcome<T> Animation<T>(string path) =>
        Outcome.Fail<T>(path, "is an animation", "Give a picture of each frame that you need.");

    private static Outcome<byte[]> Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true)?.Exists != true)
            {
                return Outcome.Fail<byte[]>(path, "is a broken link", "Fix or remove the link.");
            }

            if (RealPath.IsSpecial(path)) return Outcome.Fail<byte[]>(path, "is not a regular file", "Remove it, or give a picture.");
            return new FileInfo(path).Length > MostBytes
                ? Outcome.Fail<byte[]>(path, "is larger than 1 GiB", "Give PNG or JPEG files.")
                : Outcome.Ok(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<byte[]>(path, $"cannot be read: {exception.Message.TrimEnd('.')}", "Check the permission to read it.");
        }
    }

    private static Outcome<DecodedImage> Decode(string path, byte[] file, PictureFacts facts)
    {
        using var stream = new SKMemoryStream(file);
        using var codec = SKCodec.Create(stream, out var opened);
        if (codec is null)
        {
            return opened is SKCodecResult.IncompleteInput or SKCodecResult.ErrorInInput
                ? Outcome.Fail<DecodedImage>(path, $"is a damaged picture ({opened})", "Copy it again, or remove it.")
                : Outcome.Fail<DecodedImage>(path, "is not a picture in a supported format", "Give PNG or JPEG files.");
        }

        var (height, width) = (codec.Info.Height, codec.Info.Width);
        if (PictureFacts.TooLarge(path, height, width) is { } large) return new Outcome<DecodedImage>.Fail(large);
        if (codec.FrameCount > 1) return Animation<DecodedImage>(path);
        var grey = codec.Info.ColorType == SKColorType.Gray8;
        var channels = grey ? 1 : 4;
        var pixels = new byte[height * width * channels];
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            var result = codec.GetPixels(
                new SKImageInfo(width, height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, grey ? SKAlphaType.Opaque
                    : SKAlphaType.Premul), pinned.AddrOfPinnedObject(), width * channels, SKCodecOptions.Default);
            if (result != SKCodecResult.Success) return Outcome.Fail<DecodedImage>(path, $"is a damaged picture ({result})",
                "Copy it again, or remove it.");
        }
        finally
        {
            pinned.Free();
        }

        var transparent = !grey && codec.Info.AlphaType != SKAlphaType.Opaque && IsTransparent(pixels);
        var orientation = facts.Orientation ?? (int)codec.EncodedOrigin;
        var turned = Orientation.Turned(orientation, height, width, grey ? 1 : 3, grey ? pixels : WithoutAlpha(pixels));
        EquatableArray<string> notes =
        [
            .. facts.Notes,
            .. orientation == Orientation.Upright ? Array.Empty<string>() : ["is rotated upright by its EXIF orientation"],
            .. transparent ? ["its transparent pixels are drawn over black"] : Array.Empty<string>(),
        ];
        return new Outcome<DecodedImage>.Ok(new(turned.Height, turned.Width, grey ? 1 : 3, turned.Pixels),
            EquatableArray.From(notes.Select(note => new Note(path, note))));
    }

    private static bool IsTransparent(byte[] pixels)
    {
        for (var i = 3; i < pixels.Length; i += 4)
        {
            if (pixels[i] < byte.MaxValue) return true;
        }

        return false;
    }

    private static byte[] WithoutAlpha(byte[] pixels)
    {
        var kept = new byte[pixels.Length / 4 * 3];
        for (var i = 0; i < kept.Length; i++) kept[i] = pixels[i / 3 * 4 + i % 3];
        return kept;
    }
}
