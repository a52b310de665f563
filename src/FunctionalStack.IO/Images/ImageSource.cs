using FunctionalStack.Neural;

namespace FunctionalStack.IO;

/// <summary>Training images and, if there are any, validation and test images.</summary>
/// <param name="Train">The training images.</param>
/// <param name="Validation">Validation images of the same shape and classes; null if there are none.</param>
/// <param name="Test">Test images of the same shape and classes; null if there are none.</param>
/// <param name="Levels">The names of the classes, by code; at least 2.</param>
public sealed record ImageSet(LabelledExamples Train, LabelledExamples? Validation, LabelledExamples? Test,
    EquatableArray<string> Levels)
{
    /// <summary>The images as <see cref="Training.Fit"/> reads them.</summary>
    public TrainingData Data => new(Train, Validation, Test);

    /// <summary>The shape of one image: the input of a net.</summary>
    public Neural.Shape Shape => Train.Inputs.Shape;
}

/// <summary>Images to predict, with their names.</summary>
/// <param name="Inputs">The images.</param>
/// <param name="Names">The name of each image.</param>
public sealed record NamedImages(Examples Inputs, EquatableArray<string> Names);

/// <summary>Reads images for nets: a downloaded data set (<see cref="ImageDirectory.Names"/>), a folder of pictures, or a folder of IDX
/// files.</summary>
public static class ImageSource
{
    /// <summary>Reads labelled images, such as a folder with one subfolder of pictures per class (<see cref="Pictures"/>).</summary>
    /// <param name="images">The name of a downloaded data set, or a folder (<see cref="ImageDirectory.Read(string, Func{string,
    /// Outcome{DecodedImage}}, ImageSize?)"/>).</param>
    /// <param name="size">The size to resize all images to; null if they already have one size.</param>
    /// <returns>The images, with notes. Fails if an image cannot be read, is too large or has another size than the others.</returns>
    public static Outcome<ImageSet> Read(string images, ImageSize? size = null) =>
        (ImageDirectory.Names.Contains(images) ? ImageDirectory.Named(images, DatasetCache.Default, size)
            : ImageDirectory.Read(images, Pictures.Decode, size)).Map(data =>
        {
            return new ImageSet(Of(data.Train), data.Validation is { } validation ? Of(validation) : null, data.Test is { } test ? Of(test)
                : null, data.Classes);

            LabelledExamples Of(ImageSplit split) =>
                new(new Examples.Bytes(new(split.Height, split.Width, split.Channels), split.Pixels),
                    new Target.Classes(data.Classes, split.Labels));
        });

    /// <summary>
    /// Reads images without classes, all of the shape <paramref name="wanted"/>. Of a downloaded data set or a folder of IDX files
    /// these are the test images, named by their numbers from 1. Of any other folder these are all pictures in it and its
    /// subfolders, named by their relative paths. A single IDX file is read too.
    /// </summary>
    /// <param name="images">The name of a downloaded data set, a folder, or an IDX file.</param>
    /// <param name="wanted">The input shape of the net.</param>
    /// <param name="resizes">Whether images are resized, as the training images of the net were.</param>
    public static Outcome<NamedImages> ReadToPredict(string images, Neural.Shape wanted, bool resizes)
    {
        var size = resizes ? new ImageSize(wanted.Height, wanted.Width) : (ImageSize?)null;
        if (ImageDirectory.Names.Contains(images)) return ImageDirectory.Named(images, DatasetCache.Default, size).Bind(data =>
            Numbered(images, data.Test ?? data.Train, wanted));
        if (File.Exists(images)) return Idx(images, wanted, size);
        if (!Directory.Exists(images))
            return Outcome.Fail<NamedImages>(images, "no such folder",
                $"Check the path, or give {string.Join(" or ", ImageDirectory.Names)}.");
        return ImageDirectory.ToPredict(images).Bind(found => found.Idx is { } idx ? Idx(idx, wanted, size)
            : Folder(images, found.Pictures, wanted, size));
    }

    /// <summary>Reads labelled images of the shape <paramref name="wanted"/> to score a net: the test images or, if there are none, the
    /// training images.</summary>
    /// <param name="images">The name of a downloaded data set, or a folder.</param>
    /// <param name="classes">The classes of the net.</param>
    /// <param name="wanted">The input shape of the net.</param>
    /// <param name="resizes">Whether images are resized, as the training images of the net were.</param>
    public static Outcome<LabelledExamples> ReadToScore(string images, EquatableArray<string> classes, Neural.Shape wanted, bool resizes) =>
        from split in ImageDirectory.Labelled(images, classes, Pictures.Decode, resizes ? new ImageSize(wanted.Height, wanted.Width) : null)
        from like in Fit(images, new(split.Height, split.Width, split.Channels), wanted)
        select new LabelledExamples(new Examples.Bytes(wanted, like ? split.Pixels : split.InColour().Pixels),
            new Target.Classes(classes, split.Labels));

    /// <summary>Whether <paramref name="path"/> is, by its name or its content, one of the files of <paramref name="images"/>.</summary>
    public static bool Reads(string images, string path)
    {
        if (string.IsNullOrWhiteSpace(images) || !File.Exists(path)) return false;
        var (all, one) = (Path.GetFullPath(images), Path.GetFullPath(path));
        return all == one
            || (one.StartsWith(Path.EndsInDirectorySeparator(all) ? all : all + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && (Path.GetFileName(one).Contains("-ubyte", StringComparison.Ordinal) || Pictures.IsPicture(one)));
    }

    private static Outcome<NamedImages> Idx(string path, Neural.Shape wanted, ImageSize? size) =>
        IdxFile.ReadImages(path).Bind(read =>
            Numbered(path, new ImageSplit(read.Height, read.Width, 1, read.Pixels, EquatableArray.Own(new int[read.Count])).Resized(size),
                wanted));

    private static Outcome<NamedImages> Numbered(string place, ImageSplit split, Neural.Shape wanted) =>
        from like in Fit(place, new(split.Height, split.Width, split.Channels), wanted)
        select new NamedImages(new Examples.Bytes(wanted, like ? split.Pixels : split.InColour().Pixels),
            EquatableArray.From(Enumerable.Range(1, split.Count).Select(number => $"{number}")));

    private static Outcome<NamedImages> Folder(string folder, EquatableArray<string> files, Neural.Shape wanted, ImageSize? size)
    {
        if ((long)files.Count * wanted.Size > Array.MaxLength) return Outcome.Fail<NamedImages>(folder,
            $"{files.Count} pictures of {Of(wanted)} do not fit in memory", "Give fewer pictures at a time.");
        var (pixels, at) = (new byte[files.Count * wanted.Size], 0);
        return Outcome.All(files.Select(file => Picture(file, wanted, size).Map(picture =>
        {
            picture.Pixels.CopyTo(pixels, at);
            return at += wanted.Size;
        }))).Map(_ => new NamedImages(
            new Examples.Bytes(wanted, EquatableArray.Own(pixels)),
            EquatableArray.From(files.Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')))));
    }

    private static Outcome<DecodedImage> Picture(string file, Neural.Shape wanted, ImageSize? size) =>
        Pictures.Decode(file).Bind(decoded => Fitted(file, decoded, wanted, size));

    /// <summary>A picture of the shape <paramref name="wanted"/>, resized to <paramref name="size"/> if that is given.</summary>
    internal static Outcome<DecodedImage> Fitted(string name, DecodedImage decoded, Neural.Shape wanted, ImageSize? size) =>
        from picture in Outcome.Ok(size is { } to ? decoded.Resized(to) : decoded)
        from like in Fit(name, new(picture.Height, picture.Width, picture.Channels), wanted)
        select like ? picture : picture.InColour();

    // Whether the channels match. A grey image is accepted by a net for colour images, with a note.
    private static Outcome<bool> Fit(string place, Neural.Shape found, Neural.Shape wanted) =>
        found == wanted ? Outcome.Ok(true)
        : wanted.Channels == 3 && found with { Channels = 3 } == wanted
            ? new Outcome<bool>.Ok(false, [new(place, DecodedImage.GreyAmongColour)])
        : Outcome.Fail<bool>(place, $"the size is {Of(found)}, but the net reads images of {Of(wanted)} (height x width x channels)",
            "Scale them, or give a net that was trained on images of this size, or with --size.");

    private static string Of(Neural.Shape shape) => $"{shape.Height}x{shape.Width}x{shape.Channels}";
}
