using System.Buffers.Binary;

namespace FunctionalStack.Cli.Images;

/// <summary>Finds the declared end of GIF, WebP and BMP files.</summary>
internal static class OtherFacts
{
    private const int GifHeader = 13;
    private const int GifImage = 10;
    private const int BytesOfColour = 3;

    public static Outcome<PictureFacts> OfGif(string path, byte[] file)
    {
        if (file.Length < GifHeader) return EndsEarly(path);
        var (at, hasImage) = (GifHeader + ColourTable(file[10]), false);
        while (at < file.Length)
        {
            switch (file[at])
            {
                case 0x3B:
                    return Whole(file.Length - at - 1);
                case 0x21:
                    at = AfterBlocks(file, at + 2);
                    break;
                case 0x2C when at + GifImage <= file.Length:
                    at = AfterBlocks(file, at + GifImage + ColourTable(file[at + GifImage - 1]) + 1);
                    hasImage = true;
                    break;
                case 0x2C:
                    return EndsEarly(path);
                case var other:
                    return PictureFacts.Damaged(path, $"there is a block of kind 0x{other:X2} at byte {at}, which GIF does not define");
            }
        }

        // Whole blocks without the trailer: browsers and Pillow read such files, too.
        return hasImage && at == file.Length
            ? Outcome.Ok(new PictureFacts(null, ["its end marker is missing; the picture before it is whole"]))
            : EndsEarly(path);
    }

    public static Outcome<PictureFacts> OfWebP(string path, byte[] file)
    {
        var end = 8 + (long)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4));
        return file.Length < end
            ? PictureFacts.Damaged(path, $"it ends early: it declares {end} bytes, but has {file.Length}")
            : Whole(file.Length - end - (end & 1)); // RIFF pads to even sizes.
    }

    // Many writers leave the size out. The decoder detects pictures that end early.
    public static Outcome<PictureFacts> OfBitmap(byte[] file) =>
        file.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(2)) is > 0 and var size && size < file.Length
            ? Whole(file.Length - size)
            : Whole(0);

    private static Outcome<PictureFacts> Whole(long trailing) => Outcome.Ok(new PictureFacts(null, PictureFacts.Trailing(trailing)));

    private static Outcome<PictureFacts> EndsEarly(string path) => PictureFacts.Damaged(path, "it ends early, without its end marker");

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : BytesOfColour << ((flags & 7) + 1);

    // Skips length-prefixed blocks up to the block of length 0, or up to the end of the file.
    private static int AfterBlocks(byte[] file, int at)
    {
        while (at < file.Length && file[at] > 0) at += 1 + file[at];
        return at + 1;
    }
}
