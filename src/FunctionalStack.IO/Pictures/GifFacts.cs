using System.Buffers.Binary;

namespace FunctionalStack.IO;

/// <summary>Checks the blocks of a GIF file.</summary>
internal static class GifFacts
{
    private const int Header = 13;
    private const int Descriptor = 10;
    private const int BytesOfColour = 3;

    public static Outcome<PictureFacts> Of(string path, byte[] file)
    {
        if (file.Length < Header) return EndsEarly(path);
        var (width, height) = (Short(file, 6), Short(file, 8));
        if (width == 0 || height == 0)
            return PictureFacts.Damaged(path, $"it declares {height}x{width} pixels (height x width), which is empty");
        if (PictureFacts.TooLarge(path, height, width) is { } large) return new Outcome<PictureFacts>.Fail(large);
        var (at, hasImage) = (Header + ColourTable(file[10]), false);
        while (at < file.Length)
        {
            switch (file[at])
            {
                case 0x3B:
                    return hasImage ? Outcome.Ok(new PictureFacts(null, PictureFacts.Trailing(file.Length - at - 1)))
                        : PictureFacts.Damaged(path, "it has no image");
                case 0x21:
                    at = AfterBlocks(file, at + 2);
                    break;
                case 0x2C when hasImage:
                    return Pictures.Animation<PictureFacts>(path);
                case 0x2C when at + Descriptor < file.Length:
                    var pixels = Short(file, at + 5) * Short(file, at + 7);
                    if (Short(file, at + 1) + Short(file, at + 5) > width || Short(file, at + 3) + Short(file, at + 7) > height)
                        return PictureFacts.Damaged(path, "its image is larger than its screen");
                    var begin = at + Descriptor + ColourTable(file[at + Descriptor - 1]);
                    if (begin >= file.Length) return EndsEarly(path);
                    at = AfterBlocks(file, begin + 1);
                    if (GifCodes.Pixels(file, begin, pixels) is var found && found < pixels) return PictureFacts.Damaged(path,
                        $"its image data ends early: it has {found} of {pixels} pixels");
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

    private static Outcome<PictureFacts> EndsEarly(string path) => PictureFacts.Damaged(path, "it ends early, without its end marker");

    private static int Short(byte[] file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : BytesOfColour << ((flags & 7) + 1);

    // Skips length-prefixed blocks up to the block of length 0, or up to the end of the file.
    private static int AfterBlocks(byte[] file, int at)
    {
        while (at < file.Length && file[at] > 0) at += 1 + file[at];
        return at + 1;
    }
}
