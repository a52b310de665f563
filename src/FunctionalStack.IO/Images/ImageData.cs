namespace FunctionalStack.IO;

/// <summary>Images of one size and what each shows.</summary>
/// <param name="Height">Rows of pixels an image; at least 1.</param>
/// <param name="Width">Pixels a row; at least 1.</param>
/// <param name="Channels">Bytes a pixel: 1 for grey, 3 for colour.</param>
/// <param name="Pixels">Count x Height x Width x Channels bytes, channels innermost (NHWC).</param>
/// <param name="Labels">The number of each image's class, from 0.</param>
public sealed record ImageSplit(int Height, int Width, int Channels, EquatableArray<byte> Pixels, EquatableArray<int> Labels)
{
    public int Count => Labels.Count;

    /// <summary>The same in three channels; those of grey images are equal.</summary>
    public ImageSplit InColour() => Channels == 3 ? this
        : this with { Channels = 3, Pixels = EquatableArray.Own(DecodedImage.InColour(Pixels.ToArray())) };

    /// <summary>The size of an image, in words.</summary>
    internal string Size => $"{Height}x{Width}x{Channels}";
}

/// <summary>Images to train on and, where there are any, to measure on.</summary>
/// <param name="Train">The images to train on.</param>
/// <param name="Test">Images of the same size and classes, kept apart; null where there are none.</param>
/// <param name="Classes">The names of the classes, by number; at least 2.</param>
/// <param name="Validation">Images to choose an epoch by, likewise; null where there are none.</param>
public sealed record ImageData(ImageSplit Train, ImageSplit? Test, EquatableArray<string> Classes, ImageSplit? Validation = null)
{
    /// <summary>All images at another size.</summary>
    internal ImageData Resized(ImageSize size) =>
        this with { Train = Train.Resized(size), Test = Test?.Resized(size), Validation = Validation?.Resized(size) };

    /// <summary>Grey images beside training images in colour become three equal channels. Fails where images to measure on have another
    /// size.</summary>
    internal static Outcome<ImageData> Of(string folder, ImageSplit train, ImageSplit? test, ImageSplit? validation,
        EquatableArray<string> classes) =>
        from tested in Like(folder, train, test, "test")
        from validated in Like(folder, train, validation, "validation")
        select new ImageData(train, tested, classes, validated);

    private static Outcome<ImageSplit?> Like(string folder, ImageSplit train, ImageSplit? split, string name) =>
        split is null || split.Size == train.Size ? Outcome.Ok(split)
        : (split with { Channels = train.Channels }).Size == train.Size && train.Channels == 3
            ? new Outcome<ImageSplit?>.Ok(split.InColour(), [new(folder, $"its {name} images are grey, and read as three equal channels")])
        : Outcome.Fail<ImageSplit?>(folder, $"its training images are {train.Size}, but its {name} images {split.Size}",
            "Give images of one size, height x width x channels.");
}
