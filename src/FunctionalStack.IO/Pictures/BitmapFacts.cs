using System.Buffers.Binary;

namespace FunctionalStack.IO;

/// <summary>Checks the header of a BMP file. A decoder reads missing pixels as 0, without an error.</summary>
internal static class BitmapFacts
{
    private const int FileHeader = 14;
    private const int OldHeader = 12;
    private const int UsualHeader = 40;

    public static Outcome<PictureFacts> Of(string path, byte[] file)
    {
        if (file.Length < FileHeader + OldHeader) return PictureFacts.Damaged(path, "it ends early, within its header");
        var (begin, size) = (Long(10), Long(FileHeader));
        if (size != OldHeader && size < UsualHeader) return PictureFacts.Damaged(path, $"its header declares {size} bytes");
        if (file.Length < FileHeader + size) return PictureFacts.Damaged(path, "it ends early, within its header");
        var (width, height, bits) = size == OldHeader
            ? (Short(18), Short(20), Short(24))
            : ((long)(int)Long(18), Math.Abs((long)(int)Long(22)), Short(28));
        if (width <= 0 || height == 0)
            return PictureFacts.Damaged(path, $"it declares {height}x{width} pixels (height x width), which is empty");
        if (PictureFacts.TooLarge(path, height, width) is { } large) return new Outcome<PictureFacts>.Fail(large);
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32)) return PictureFacts.Damaged(path, $"it declares {bits} bits per pixel");

        // 0 is none, 3 and 6 name the bits of colours; the others are run lengths, JPEG and PNG.
        if (size != OldHeader && Long(30) is not (0 or 3 or 6)) return Outcome.Fail<PictureFacts>(
            path, "is a compressed BMP file, which is not read", "Save it as PNG.");

        // Rows are padded to 4 bytes.
        var end = begin + (width * bits + 31) / 32 * 4 * height;
        if (begin < FileHeader + size || file.Length < end)
            return PictureFacts.Damaged(path, $"it ends early: its pixels take the bytes up to {end}, but there are {file.Length}");
        return Outcome.Ok(new PictureFacts(null, PictureFacts.Trailing(file.Length - Math.Max(end, Math.Min(Long(2), file.Length)))));

        int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

        long Long(int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
    }
}
