using System.Globalization;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Images;

/// <summary>What the bytes of a picture say that its decoder does not tell, or passes over.</summary>
/// <param name="Orientation">As EXIF numbers it; null where the decoder finds it itself.</param>
/// <param name="Notes">What becomes of it on reading that a reader should know.</param>
internal sealed record PictureFacts(int? Orientation, EquatableArray<string> Notes)
{
    /// <summary>What is noted of a picture whose colours are meant for another gamma or profile than that of the others.</summary>
    public const string OtherColours = "its gamma or colour profile is not applied: bytes are read as they are stored";

    /// <summary>Fails where the bytes are no picture of a kind that is read, a damaged one, one too large, or one whose numbers mean
    /// something else.</summary>
    public static Outcome<PictureFacts> Of(string path, byte[] file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngFacts.Of(path, file),
        [0xFF, 0xD8, ..] => JpegFacts.Of(path, file),
        [0, 0, >= 0x08 and <= 0x0E, >= 1 and <= 4, ..] =>
            Refuse(path, "is an IDX file, not a picture",
                "Give the file itself, or call it as MNIST's are: train-images-idx3-ubyte, t10k-images-idx3-ubyte."),
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => OtherFacts.OfGif(path, file),
        [(byte)'B', (byte)'M', ..] => OtherFacts.OfBitmap(file),
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            OtherFacts.OfWebP(path, file),
        [] => Refuse(path, "is an empty file, not a picture", "Copy it again, or remove it."),
        _ => Refuse(path, "is no picture that can be read", "Give PNG or JPEG files."),
    };

    /// <summary>The refusal of a picture with more pixels than are read; null where it has no more.</summary>
    public static Failure? TooLarge(string path, long height, long width) =>
        (UInt128)height * (ulong)width <= Pictures.MostPixels ? null : new(path, string.Create(CultureInfo.InvariantCulture,
            $"is {height}x{width} (height x width), more than {Pictures.MostPixels:N0} pixels"), "Scale it down.");

    /// <summary>What is noted of a file that goes on behind its picture.</summary>
    public static EquatableArray<string> Trailing(long bytes) =>
        bytes > 0 ? EquatableArray.Of($"{bytes} {(bytes == 1 ? "byte follows" : "bytes follow")} the end of the picture, not read") : default;

    public static Outcome<PictureFacts> Damaged(string path, string what) =>
        Refuse(path, $"is a damaged picture: {what}", "Copy it again, or remove it.");

    public static Outcome<PictureFacts> Refuse(string path, string what, string remedy) => Outcome.Fail<PictureFacts>(path, what, remedy);
}
