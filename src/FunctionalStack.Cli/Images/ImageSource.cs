using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Images;

/// <summary>Images to train on and, where there are any, to measure on.</summary>
internal sealed record ImageSet(LabelledExamples Train, LabelledExamples? Validation, LabelledExamples? Test, EquatableArray<string> Levels);

/// <summary>Images to predict, and what to call each.</summary>
internal sealed record NamedImages(Examples Inputs, EquatableArray<string> Names);

/// <summary>What <c>--images</c> names: a data set that was fetched, or a folder.</summary>
internal static class ImageSource
{
    /// <summary>Images with their classes, resized where a size is given.</summary>
    public static Outcome<ImageSet> Read(string images, ImageSize? size = null) =>
        (ImageDirectory.Names.Contains(images) ? ImageDirectory.Named(images, DatasetCache.Default, size)
            : ImageDirectory.Read(images, Pictures.Decode, size)).Map(data =>
        {
            return new ImageSet(Of(data.Train), data.Validation is { } validation ? Of(validation) : null, data.Test is { } test ? Of(test)
                : null, data.Classes);

            LabelledExamples Of(ImageSplit split) => new(new Examples.Bytes(new(split.Height, split.Width, split.Channels), split.Pixels), new Target.Classes(data.Classes, split.Labels));
        });

    /// <summary>
    /// Images without their classes, all of the shape <paramref name="wanted"/>: of a fetched data set or a folder of IDX files
    /// those to test on, named by their numbers from 1; of any other folder every picture in it and below, named by its path there;
    /// or one IDX file.
    /// </summary>
    /// <param name="images">As given.</param>
    /// <param name="wanted">What the net reads.</param>
    /// <param name="resizes">Whether images of another size are resized, as those that the net was trained on were.</param>
    public static Outcome<NamedImages> ReadToPredict(string images, Neural.Shape wanted, bool resizes)
    {
        var size = resizes ? new ImageSize(wanted.Height, wanted.Width) : (ImageSize?)null;
        if (ImageDirectory.Names.Contains(images)) return ImageDirectory.Named(images, DatasetCache.Default, size).Bind(data =>
            Numbered(images, data.Test ?? data.Train, wanted));
        if (File.Exists(images)) return Idx(images, wanted, size);
        if (!Directory.Exists(images)) return Outcome.Fail<NamedImages>(images, "no such folder", $"Check the path, or give {string.Join(" or ", ImageDirectory.Names)}.");
        return ImageDirectory.ToPredict(images).Bind(found => found.Idx is { } idx ? Idx(idx, wanted, size)
            : Folder(images, found.Pictures, wanted, size));
    }

    /// <summary>Images of known classes, all of the shape <paramref name="wanted"/>, to score a net on: those to test on, or else those to
    /// train on.</summary>
    public static Outcome<LabelledExamples> ReadToScore(string images, EquatableArray<string> classes, Neural.Shape wanted, bool resizes) =>
        from split in ImageDirectory.Labelled(images, classes, Pictures.Decode, resizes ? new ImageSize(wanted.Height, wanted.Width) : null)
        from like in Fit(images, new(split.Height, split.Width, split.Channels), wanted)
        select new LabelledExamples(new Examples.Bytes(wanted, like ? split.Pixels : split.InColour().Pixels),
            new Target.Classes(classes, split.Labels));

    /// <summary>Whether <paramref name="path"/> is, as far as its name or content tells, one of the files that <paramref name="images"/> names.</summary>
    public static bool Reads(string images, string path)
    {
        if (string.IsNullOrWhiteSpace(images) || !File.Exists(path)) return false;
        var (all, one) = (Path.GetFullPath(images), Path.GetFullPath(path));
        return all == one || (one.StartsWith(Path.EndsInDirectorySeparator(all) ? all : all + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && (Path.GetFileName(one).Contains("-ubyte", StringComparison.Ordinal) || Pictures.IsPicture(one)));
    }

    private static Outcome<NamedImages> Idx(string path, Neural.Shape wanted, ImageSize? size) =>
        IdxFile.ReadImages(path).Bind(read =>
            Numbered(path, new ImageSplit(read.Height, read.Width, 1, read.Pixels, EquatableArray.Own(new int[read.Count])).Resized(size), wanted));

    private static Outcome<NamedImages> Numbered(string place, ImageSplit split, Neural.Shape wanted) =>
        from like in Fit(place, new(split.Height, split.Width, split.Channels), wanted)
        select new NamedImages(new Examples.Bytes(wanted, like ? split.Pixels : split.InColour().Pixels),
            EquatableArray.From(Enumerable.Range(1, split.Count).Select(number => $"{number}")));

    private static Outcome<NamedImages> Folder(string folder, EquatableArray<string> files, Neural.Shape wanted, ImageSize? size)
    {
        if ((long)files.Count * wanted.Size > Array.MaxLength) return Outcome.Fail<NamedImages>(folder,
            $"{files.Count} pictures of {Of(wanted)} are more bytes than fit in memory", "Give fewer at a time.");
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
        from decoded in Pictures.Decode(file)
        let picture = size is { } to ? decoded.Resized(to) : decoded
        from like in Fit(file, new(picture.Height, picture.Width, picture.Channels), wanted)
        select like ? picture : picture.InColour();

    // Whether the channels are those wanted; a grey image stands for one in colour, with a note.
    private static Outcome<bool> Fit(string place, Neural.Shape found, Neural.Shape wanted) =>
        found == wanted ? Outcome.Ok(true)
        : wanted.Channels == 3 && found with { Channels = 3 } == wanted
            ? new Outcome<bool>.Ok(false, [new(place, DecodedImage.GreyAmongColour)])
        : Outcome.Fail<bool>(place, $"the size is {Of(found)}, but the net reads images of {Of(wanted)} (height x width x channels)",
            "Scale them, or give a net that was trained on images of this size, or with --size.");

    private static string Of(Neural.Shape shape) => $"{shape.Height}x{shape.Width}x{shape.Channels}";
}
