using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Images;

/// <summary>Images to train on and, where there are any, to test on.</summary>
internal sealed record ImageSet(LabelledExamples Train, LabelledExamples? Test, Values<string> Levels);

/// <summary>Images to predict, and what to call each.</summary>
internal sealed record NamedImages(Examples Inputs, Values<string> Names);

/// <summary>What <c>--images</c> names: a data set that was fetched, or a folder.</summary>
internal static class ImageSource
{
    private static readonly string[] idxNames = ["t10k-images-idx3-ubyte", "t10k-images-idx3-ubyte.gz", "train-images-idx3-ubyte", "train-images-idx3-ubyte.gz"];

    /// <summary>Images with their classes.</summary>
    public static Outcome<ImageSet> Read(string images) =>
        (ImageDirectory.Names.Contains(images) ? ImageDirectory.Named(images, DatasetCache.Default) : ImageDirectory.Read(images, Pictures.Decode)).Map(data =>
        {
            return new ImageSet(Of(data.Train), data.Test is { } test ? Of(test) : null, data.Classes);

            LabelledExamples Of(ImageSplit split) => new(new Examples.Bytes(new(split.Height, split.Width, split.Channels), split.Pixels), new Target.Classes(data.Classes, split.Labels));
        });

    /// <summary>
    /// Images without their classes, all of the shape <paramref name="wanted"/>: of a fetched data set or a folder of IDX files
    /// those to test on, named by their numbers from 1; of any other folder every picture in it and below, named by its path there;
    /// or one IDX file.
    /// </summary>
    public static Outcome<NamedImages> ReadToPredict(string images, Neural.Shape wanted)
    {
        if (ImageDirectory.Names.Contains(images)) return ImageDirectory.Named(images, DatasetCache.Default).Bind(data => Numbered(images, data.Test ?? data.Train, wanted));
        if (File.Exists(images)) return Idx(images, wanted);
        if (!Directory.Exists(images)) return Outcome.Fail<NamedImages>(images, "no such folder", $"Check the path, or give {string.Join(" or ", ImageDirectory.Names)}.");
        return idxNames.Select(name => Path.Combine(images, name)).FirstOrDefault(File.Exists) is { } idx ? Idx(idx, wanted) : Folder(images, wanted);
    }

    /// <summary>Whether <paramref name="path"/> is, as far as its name or content tells, one of the files that <paramref name="images"/> names.</summary>
    public static bool Reads(string images, string path)
    {
        if (string.IsNullOrWhiteSpace(images) || !File.Exists(path)) return false;
        var (all, one) = (Path.GetFullPath(images), Path.GetFullPath(path));
        return all == one || (one.StartsWith(Path.EndsInDirectorySeparator(all) ? all : all + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && (Path.GetFileName(one).Contains("-ubyte", StringComparison.Ordinal) || Pictures.IsPicture(one)));
    }

    private static Outcome<NamedImages> Idx(string path, Neural.Shape wanted) =>
        IdxFile.ReadImages(path).Bind(read => Numbered(path, new(read.Height, read.Width, 1, read.Pixels, Values.Own(new int[read.Count])), wanted));

    private static Outcome<NamedImages> Numbered(string place, ImageSplit split, Neural.Shape wanted) =>
        from fits in Fit(place, new(split.Height, split.Width, split.Channels), wanted)
        select new NamedImages(new Examples.Bytes(wanted, split.Pixels), Values.From(Enumerable.Range(1, split.Count).Select(number => $"{number}")));

    private static Outcome<NamedImages> Folder(string folder, Neural.Shape wanted)
    {
        string[] files;
        try
        {
            // Ordinal, so that the order is the same on every machine; what file managers leave behind is passed over.
            files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith('.') && Path.GetFileName(file) is not ("Thumbs.db" or "desktop.ini")).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<NamedImages>(folder, $"cannot be read: {exception.Message.TrimEnd('.')}", "Check the permission to read the folder and what it holds.");
        }

        if (files.Length == 0) return Outcome.Fail<NamedImages>(folder, "holds no images", "Give a folder of pictures or of IDX files.");
        return Outcome.All(files.Select(file =>
                from picture in Pictures.Decode(file)
                from fits in Fit(file, new(picture.Height, picture.Width, picture.Channels), wanted)
                select picture.Pixels))
            .Map(pixels => new NamedImages(
                new Examples.Bytes(wanted, Values.From(pixels.SelectMany(bytes => bytes))),
                Values.From(files.Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')))));
    }

    private static Outcome<Done> Fit(string place, Neural.Shape found, Neural.Shape wanted) => found == wanted
        ? Outcome.Ok(default(Done))
        : Outcome.Fail<Done>(place, $"the size is {Of(found)}, but the net reads images of {Of(wanted)} (height x width x channels)", "Scale them, or give a net that was trained on images of this size.");

    private static string Of(Neural.Shape shape) => $"{shape.Height}x{shape.Width}x{shape.Channels}";
}
