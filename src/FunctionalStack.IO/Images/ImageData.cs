namespace FunctionalStack.IO;

/// <summary>Images of one size with their labels.</summary>
/// <param name="Height">Rows of pixels per image; at least 1.</param>
/// <param name="Width">Pixels per row; at least 1.</param>
/// <param name="Channels">Bytes per pixel: 1 for grey, 3 for colour.</param>
/// <param name="Pixels">Count x Height x Width x Channels bytes, channels innermost (NHWC).</param>
/// <param name="Labels">The class of each image, from 0.</param>
public sealed record ImageSplit(int Height, int Width, int Channels, EquatableArray<byte> Pixels, EquatableArray<int> Labels)
{
    /// <summary>The number of images.</summary>
    public int Count => Labels.Count;

    /// <summary>The images with three channels; those of grey images are equal.</summary>
    public ImageSplit InColour() => Channels == 3 ? this
        : this with { Channels = 3, Pixels = EquatableArray.Own(DecodedImage.InColour(Pixels.ToArray())) };

    /// <summary>The size of an image, for messages.</summary>
    internal string Size => $"{Height}x{Width}x{Channels}";
}

/// <summary>Training images with optional test and validation images.</summary>
/// <param name="Train">The training images.</param>
/// <param name="Test">Test images of the same size and classes; null if there are none.</param>
/// <param name="Classes">The names of the classes, by code; at least 2.</param>
/// <param name="Validation">Validation images of the same size and classes; null if there are none.</param>
public sealed record ImageData(ImageSplit Train, ImageSplit? Test, EquatableArray<string> Classes, ImageSplit? Validation = null)
{
    /// <summary>All images resized.</summary>
    internal ImageData Resized(ImageSize size) =>
        this with { Train = Train.Resized(size), Test = Test?.Resized(size), Validation = Validation?.Resized(size) };

    /// <summary>Combines the splits. Grey images beside colour training images get three equal channels. Fails if test or
    /// validation images have another size.</summary>
    internal static Outcome<ImageData> Of(string folder, ImageSplit train, ImageSplit? test, ImageSplit? validation,
        EquatableArray<string> classes) =>
        from tested in Like(folder, train, test, "test")
        from validated in Like(folder, train, validation, "validation")
        select new ImageData(train, tested, classes, validated);

    private static Outcome<ImageSplit?> Like(string folder, ImageSplit train, ImageSplit? split, string name) =>
        split is null || split.Size == train.Size ? Outcome.Ok(split)
        : (split with { Channels = train.Channels }).Size == train.Size && train.Channels == 3
            ? new Outcome<ImageSplit?>.Ok(split.InColour(),
                [new(folder, $"its {name} images are grey, and are read as three equal channels")])
        : Outcome.Fail<ImageSplit?>(folder, $"its training images are {train.Size}, but its {name} images are {split.Size}",
            "Give images of one size, height x width x channels.");
}
