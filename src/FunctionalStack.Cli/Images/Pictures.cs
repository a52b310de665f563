using System.Runtime.InteropServices;
using FunctionalStack.IO;
using SkiaSharp;

namespace FunctionalStack.Cli.Images;

/// <summary>Reads PNG and JPEG, and besides WebP, GIF and BMP of one frame.</summary>
internal static class Pictures
{
    /// <summary>Pixels of a picture at most, before it is resized: 2^27, such as 16,384 x 8,192.</summary>
    public const long MostPixels = 1 << 27;

    private const int MostBytes = 1 << 30;

    /// <summary>
    /// A picture's bytes, upright: one channel where the file is grey, else red, green and blue, what is transparent over black.
    /// Fails where the file is no picture, a damaged one, or one too large, before anything of its size is taken.
    /// </summary>
    public static Outcome<DecodedImage> Decode(string path) =>
        from file in Read(path)
        from facts in PictureFacts.Of(path, file)
        from image in Decode(path, file, facts)
        select image;

    /// <summary>Whether the file begins as a picture does.</summary>
    public static bool IsPicture(string path)
    {
        if (RealPath.IsSpecial(path)) return false;
        using var codec = SKCodec.Create(path);
        return codec is not null;
    }

    /// <summary>That a file holds more than one picture.</summary>
    public static Outcome<T> Animation<T>(string path) =>
        Outcome.Fail<T>(path, "is an animation", "Give a picture of each moment that you mean.");

    private static Outcome<byte[]> Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true)?.Exists != true)
            {
                return Outcome.Fail<byte[]>(path, "is a link that leads nowhere", "Fix or remove the link.");
            }

            if (RealPath.IsSpecial(path)) return Outcome.Fail<byte[]>(path, "is no regular file", "Remove it, or give a picture.");
            return new FileInfo(path).Length > MostBytes
                ? Outcome.Fail<byte[]>(path, "is a file of more than 1 GiB, which no picture is", "Give PNG or JPEG files.")
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
                : Outcome.Fail<DecodedImage>(path, "is no picture that can be read", "Give PNG or JPEG files.");
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
            .. orientation == Orientation.Upright ? Array.Empty<string>() : ["is turned upright, as its EXIF orientation says"],
            .. transparent ? ["what is transparent in it lies over black"] : Array.Empty<string>(),
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
