namespace FunctionalStack.IO;

/// <summary>Pictures of one size, gathered one by one. Where some are grey and some in colour, all are read in three channels.</summary>
/// <param name="count">How many there will be.</param>
internal sealed class DecodedPictures(int count)
{
    private readonly List<string> grey = [];
    private (string Path, DecodedImage Image)? first;
    private byte[] pixels = [];
    private int channels;
    private int added;

    /// <summary>Fails where a picture has another height or width than the first, and where all would be more bytes than fit in
    /// memory.</summary>
    public Outcome<int> Add(string path, DecodedImage image)
    {
        var size = (long)image.Height * image.Width * image.Channels;
        if (image.Pixels.Length != size) throw new ArgumentException($"{image.Pixels.Length} bytes are no picture of {image.Size}",
            nameof(image));
        first ??= (path, image);
        if ((image.Height, image.Width) != (first.Value.Image.Height, first.Value.Image.Width))
        {
            return Outcome.Fail<int>(
                path, $"is {image.Size} (height x width x channels), but '{first.Value.Path}' is {first.Value.Image.Size}",
                    "Scale all pictures to one size, or have them resized (--size HxW).");
        }

        if (image.Channels > channels)
        {
            if (size * count > Array.MaxLength) return Outcome.Fail<int>(path,
                $"{count} pictures of {image.Size} are more bytes than fit in memory",
                    "Give fewer or smaller pictures, or have them resized (--size HxW).");
            var before = pixels.AsSpan(0, added * image.Height * image.Width * channels).ToArray();
            (pixels, channels) = (new byte[size * count], image.Channels);
            (before.Length > 0 ? DecodedImage.InColour(before) : before).CopyTo(pixels, 0);
        }

        if (image.Channels == 1) grey.Add(path);
        (channels == 3 ? image.InColour() : image).Pixels.CopyTo(pixels, (long)added * image.Height * image.Width * channels);
        return Outcome.Ok(++added);
    }

    /// <summary>All of them; each grey one among others in colour is noted.</summary>
    public Outcome<ImageSplit> Split(EquatableArray<int> labels) => new Outcome<ImageSplit>.Ok(
        new(first!.Value.Image.Height, first.Value.Image.Width, channels, EquatableArray.Own(pixels), labels),
        channels == 3 ? EquatableArray.From(grey.Select(path => new Note(path, DecodedImage.GreyAmongColour))) : default);
}
