namespace FunctionalStack.IO;

/// <summary>Pictures in a subfolder for each class, perhaps below <c>train</c> and <c>test</c>.</summary>
internal static class ClassFolders
{
    private const string OneEach = "Give a subfolder of pictures for each class.";

    public static Outcome<ImageData> Read(string path, Func<string, Outcome<DecodedImage>> decode)
    {
        var (train, test) = (Path.Combine(path, "train"), Path.Combine(path, "test"));
        if (!Directory.Exists(train)) return ReadTrain(path, decode).Bind(read => ImageData.Of(path, read.Split, null, read.Classes));
        return from first in ReadTrain(train, decode)
               from second in Directory.Exists(test) ? ReadSplit(test, first.Classes, decode).Map(split => (ImageSplit?)split) : Outcome.Ok<ImageSplit?>(null)
               from data in ImageData.Of(path, first.Split, second, first.Classes)
               select data;
    }

    private static Outcome<(ImageSplit Split, Values<string> Classes)> ReadTrain(string folder, Func<string, Outcome<DecodedImage>> decode)
    {
        var classes = Values.From(Visible(Directory.GetDirectories(folder)).Select(found => Path.GetFileName(found)));
        return classes.Count switch
        {
            0 => Outcome.Fail<(ImageSplit, Values<string>)>(folder, "holds neither IDX files nor a subfolder", OneEach),
            1 => Outcome.Fail<(ImageSplit, Values<string>)>(folder, $"holds one class only, '{classes[0]}': there is nothing to tell apart", OneEach),
            _ => ReadSplit(folder, classes, decode).Map(split => (split, classes)),
        };
    }

    private static Outcome<ImageSplit> ReadSplit(string folder, Values<string> classes, Func<string, Outcome<DecodedImage>> decode)
    {
        var files = new List<(string Path, int Label)>();
        foreach (var found in Visible(Directory.GetDirectories(folder)))
        {
            var label = classes.AsSpan().IndexOf(Path.GetFileName(found));
            if (label < 0) return Outcome.Fail<ImageSplit>(found, "this class is not among those to train on", $"The classes are {string.Join(", ", classes)}.");
            if (Visible(Directory.GetDirectories(found)) is [var nested, ..]) return Outcome.Fail<ImageSplit>(nested, "is a folder where a picture should be", OneEach);
            var pictures = Visible(Directory.GetFiles(found));
            if (pictures.Length == 0) return Outcome.Fail<ImageSplit>(found, "holds no pictures", "Put this class's pictures there, or remove the folder.");
            files.AddRange(pictures.Select(picture => (picture, label)));
        }

        return files.Count == 0 ? Outcome.Fail<ImageSplit>(folder, "holds no subfolder", OneEach) : Decoded(files, decode);
    }

    private static Outcome<ImageSplit> Decoded(List<(string Path, int Label)> files, Func<string, Outcome<DecodedImage>> decode)
    {
        DecodedImage? first = null;
        byte[] pixels = [];
        for (var i = 0; i < files.Count; i++)
        {
            switch (decode(files[i].Path))
            {
                case Outcome<DecodedImage>.Fail fail: return new Outcome<ImageSplit>.Fail(fail.Failure);
                case Outcome<DecodedImage>.Ok { Value: var image }:
                    var size = (long)image.Height * image.Width * image.Channels;
                    if (image.Pixels.Length != size) throw new ArgumentException($"{image.Pixels.Length} bytes are no picture of {image.Size}", nameof(decode));
                    if (first is null)
                    {
                        if (size * files.Count > Array.MaxLength) return Outcome.Fail<ImageSplit>(files[0].Path, $"{files.Count} pictures of {image.Size} are more bytes than fit in memory", "Give fewer or smaller pictures.");
                        (first, pixels) = (image, new byte[size * files.Count]);
                    }

                    if (image.Size != first.Size)
                    {
                        return Outcome.Fail<ImageSplit>(files[i].Path, $"is {image.Size} (height x width x channels), but '{files[0].Path}' is {first.Size}", "Scale all pictures to one size.");
                    }

                    image.Pixels.CopyTo(pixels, i * (long)image.Pixels.Length);
                    break;
            }
        }

        return Outcome.Ok(new ImageSplit(first!.Height, first.Width, first.Channels, Values.Own(pixels), Values.From(files.Select(file => file.Label))));
    }

    // Ordinal, so that the order is the same on every machine. What file managers leave behind is passed over.
    private static string[] Visible(string[] paths) =>
        [.. paths.Where(path => Path.GetFileName(path) is var name && !name.StartsWith('.') && name is not ("Thumbs.db" or "desktop.ini")).Order(StringComparer.Ordinal)];
}
