using StbImageSharp;

namespace FunctionalStack.IO;

/// <summary>Reads PNG, JPEG and BMP files, and GIF files with one frame, in managed code.</summary>
public static class Pictures
{
    /// <summary>The largest number of pixels of a picture before it is resized: 2^27, such as 16,384 x 8,192.</summary>
    public const long MostPixels = 1 << 27;

    private const int MostBytes = 1 << 30;

    /// <summary>
    /// Decodes a picture in upright orientation: one channel for grey files, otherwise RGB, with transparent pixels over black.
    /// </summary>
    /// <returns>The pixels, with notes on what is not applied. Fails before the pixels are allocated if the file is not a picture, is
    /// damaged or is too large.</returns>
    public static Outcome<DecodedImage> Decode(string path) => Read(path).Bind(file => Decode(path, file));

    /// <summary>The same for the bytes of a file; messages use <paramref name="name"/> as its name.</summary>
    public static Outcome<DecodedImage> Decode(string name, byte[] file) =>
        PictureFacts.Of(name, file).Bind(facts => Decode(name, file, facts));

    /// <summary>The same for pictures of at most <paramref name="mostPixels"/> pixels, which are counted before anything else.</summary>
    internal static Outcome<DecodedImage> Decode(string name, byte[] file, long mostPixels)
    {
        using var stream = new MemoryStream(file);
        return ImageInfo.FromStream(stream) is { } info && (long)info.Width * info.Height > mostPixels
            ? Outcome.Fail<DecodedImage>(name, $"is {info.Height}x{info.Width} (height x width), more than {mostPixels} pixels",
                "Scale it down.")
            : Decode(name, file);
    }

    /// <summary>Whether the file starts like a picture.</summary>
    public static bool IsPicture(string path)
    {
        if (RealPath.IsSpecial(path)) return false;
        var head = new byte[12];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) > 0 && head is
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..]
            or [(byte)'B', (byte)'M', ..] or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', ..];
    }

    /// <summary>The failure of a file with more than one frame.</summary>
    internal static Outcome<T> Animation<T>(string path) =>
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
        ImageResult read;
        try
        {
            read = ImageResult.FromMemory(file);
        }
        catch (OutOfMemoryException)
        {
            return Outcome.Fail<DecodedImage>(path, "does not fit in memory", "Scale it down.");
        }
        catch (Exception exception) when (LoadedModel.IsMismatch(exception))
        {
            return Outcome.Fail<DecodedImage>(path, $"is a picture that cannot be decoded ({exception.Message.TrimEnd('.')})",
                "Copy it again, or save it as PNG.");
        }

        var alpha = read.Comp is ColorComponents.GreyAlpha or ColorComponents.RedGreenBlueAlpha;
        var transparent = alpha && IsTransparent(read.Data, (int)read.Comp);
        var grey = read.Comp == ColorComponents.Grey;
        var orientation = facts.Orientation ?? Orientation.Upright;
        var turned = Orientation.Turned(orientation, read.Height, read.Width, grey ? 1 : 3,
            alpha ? OverBlack(read.Data, (int)read.Comp) : read.Data);
        EquatableArray<string> notes =
        [
            .. facts.Notes,
            .. orientation == Orientation.Upright ? Array.Empty<string>() : ["is rotated upright by its EXIF orientation"],
            .. transparent ? ["its transparent pixels are drawn over black"] : Array.Empty<string>(),
        ];
        return new Outcome<DecodedImage>.Ok(new(turned.Height, turned.Width, grey ? 1 : 3, turned.Pixels),
            EquatableArray.From(notes.Select(note => new Note(path, note))));
    }

    private static bool IsTransparent(byte[] pixels, int channels)
    {
        for (var i = channels - 1; i < pixels.Length; i += channels)
        {
            if (pixels[i] < byte.MaxValue) return true;
        }

        return false;
    }

    // Three channels from grey or colour with alpha, each times its alpha, rounded.
    private static byte[] OverBlack(byte[] pixels, int channels)
    {
        var drawn = new byte[pixels.Length / channels * 3];
        for (var i = 0; i < drawn.Length; i++)
        {
            var at = i / 3 * channels;
            drawn[i] = (byte)((pixels[at + (channels == 2 ? 0 : i % 3)] * pixels[at + channels - 1] + byte.MaxValue / 2) / byte.MaxValue);
        }

        return drawn;
    }
}
