using System.Globalization;

namespace FunctionalStack.IO;

/// <summary>Properties of a picture file that the decoder does not report.</summary>
/// <param name="Orientation">The EXIF orientation; null if the file has none.</param>
/// <param name="Notes">Notes on how the picture is read.</param>
internal sealed record PictureFacts(int? Orientation, EquatableArray<string> Notes)
{
    /// <summary>The note on a picture with a different gamma or colour profile.</summary>
    public const string OtherColours = "its gamma or colour profile is not applied: bytes are read as they are stored";

    /// <summary>Checks the bytes of a file. Fails if they are not a picture in a supported format, or if the picture is damaged,
    /// too large or in an unsupported colour space.</summary>
    public static Outcome<PictureFacts> Of(string path, byte[] file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngFacts.Of(path, file),
        [0xFF, 0xD8, ..] => JpegFacts.Of(path, file),
        [0, 0, >= 0x08 and <= 0x0E, >= 1 and <= 4, ..] =>
            Refuse(path, "is an IDX file, not a picture",
                "Give the file itself, or name it like the files of MNIST: train-images-idx3-ubyte, t10k-images-idx3-ubyte."),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => GifFacts.Of(path, file),
        [(byte)'B', (byte)'M', ..] => BitmapFacts.Of(path, file),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            Refuse(path, "is a WebP picture, which is not read", "Save it as PNG or JPEG."),
        [] => Refuse(path, "is an empty file, not a picture", "Copy it again, or remove it."),
        _ => Refuse(path, "is not a picture in a supported format", "Remove it, or give a PNG, JPEG, BMP or GIF file."),
    };

    /// <summary>The failure of a picture with too many pixels; null if it is not too large.</summary>
    public static Failure? TooLarge(string path, long height, long width) =>
        (UInt128)height * (ulong)width <= Pictures.MostPixels ? null : new(path, string.Create(CultureInfo.InvariantCulture,
            $"is {height}x{width} (height x width), more than {Pictures.MostPixels:N0} pixels"), "Scale it down.");

    /// <summary>The note on a file with bytes after its picture.</summary>
    public static EquatableArray<string> Trailing(long bytes) =>
        bytes > 0
            ? EquatableArray.Of($"{bytes} {(bytes == 1 ? "byte follows" : "bytes follow")} the end of the picture and are not read")
            : default;

    /// <summary>The failure of a damaged picture.</summary>
    public static Outcome<PictureFacts> Damaged(string path, string what) =>
        Refuse(path, $"is a damaged picture: {what}", "Copy it again, or remove it.");

    public static Outcome<PictureFacts> Refuse(string path, string what, string remedy) => Outcome.Fail<PictureFacts>(path, what, remedy);
}
