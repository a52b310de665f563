namespace FunctionalStack.IO;

/// <summary>Images of one size and what each shows.</summary>
/// <param name="Height">Rows of pixels an image; at least 1.</param>
/// <param name="Width">Pixels a row; at least 1.</param>
/// <param name="Channels">Bytes a pixel: 1 for grey, 3 for colour.</param>
/// <param name="Pixels">Count x Height x Width x Channels bytes, channels innermost (NHWC).</param>
/// <param name="Labels">The number of each image's class, from 0.</param>
public sealed record ImageSplit(int Height, int Width, int Channels, Values<byte> Pixels, Values<int> Labels)
{
    public int Count => Labels.Count;

    /// <summary>The size of an image, in words.</summary>
    internal string Size => $"{Height}x{Width}x{Channels}";
}

/// <summary>Images to train on and, where there are any, to test on.</summary>
/// <param name="Train">The images to train on.</param>
/// <param name="Test">Images of the same size and classes, kept apart; null where there are none.</param>
/// <param name="Classes">The names of the classes, by number; at least 2.</param>
public sealed record ImageData(ImageSplit Train, ImageSplit? Test, Values<string> Classes)
{
    /// <summary>Fails where the images to test on have another size.</summary>
    internal static Outcome<ImageData> Of(string folder, ImageSplit train, ImageSplit? test, Values<string> classes) => test is null || test.Size == train.Size
        ? Outcome.Ok(new ImageData(train, test, classes))
        : Outcome.Fail<ImageData>(folder, $"its training images are {train.Size}, but its test images {test.Size}", "Give images of one size, height x width x channels.");
}
