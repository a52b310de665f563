namespace FunctionalStack.IO;

/// <summary>Collects images of one size. If some are grey and some in colour, all get three channels.</summary>
/// <param name="count">The total number of images.</param>
internal sealed class DecodedPictures(int count)
{
    private readonly List<string> grey = [];
    private (string Path, DecodedImage Image)? first;
    private byte[] pixels = [];
    private int channels;
    private int added;

    /// <summary>Adds an image. Fails if its height or width differs from the first image's, and if all images would not fit in
    /// memory.</summary>
    public Outcome<int> Add(string path, DecodedImage image)
    {
        var size = (long)image.Height * image.Width * image.Channels;
        if (image.Pixels.Length != size) throw new ArgumentException($"{image.Pixels.Length} bytes are not an image of {image.Size}",
            nameof(image));
        first ??= (path, image);
        if ((image.Height, image.Width) != (first.Value.Image.Height, first.Value.Image.Width))
        {
            return Outcome.Fail<int>(
                path, $"is {image.Size} (height x width x channels), but '{first.Value.Path}' is {first.Value.Image.Size}",
                    "Scale all images to one size, or pass --size HxW to resize them.");
        }

        if (image.Channels > channels)
        {
            if (size * count > Array.MaxLength) return Outcome.Fail<int>(path,
                $"{count} images of {image.Size} do not fit in memory",
                    "Give fewer or smaller images, or pass --size HxW to resize them.");
            var before = pixels.AsSpan(0, added * image.Height * image.Width * channels).ToArray();
            (pixels, channels) = (new byte[size * count], image.Channels);
            (before.Length > 0 ? DecodedImage.InColour(before) : before).CopyTo(pixels, 0);
        }

        if (image.Channels == 1) grey.Add(path);
        (channels == 3 ? image.InColour() : image).Pixels.CopyTo(pixels, (long)added * image.Height * image.Width * channels);
        return Outcome.Ok(++added);
    }

    /// <summary>All images, with a note per grey image among colour images.</summary>
    public Outcome<ImageSplit> Split(EquatableArray<int> labels) => new Outcome<ImageSplit>.Ok(
        new(first!.Value.Image.Height, first.Value.Image.Width, channels, EquatableArray.Own(pixels), labels),
        channels == 3 ? EquatableArray.From(grey.Select(path => new Note(path, DecodedImage.GreyAmongColour))) : default);
}
