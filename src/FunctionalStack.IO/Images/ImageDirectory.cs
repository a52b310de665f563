namespace FunctionalStack.IO;

/// <summary>
/// Folders of images to train on: MNIST's four IDX files by their classical names, or a subfolder of pictures for each
/// class (docs/data.md).
/// </summary>
public static class ImageDirectory
{
    /// <summary>The data sets of images that <see cref="DatasetCatalogue"/> lists, and the names of their classes.</summary>
    private static readonly Dictionary<string, EquatableArray<string>> named = new()
    {
        ["mnist"] = Numbers(10),
        ["fashion"] = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
    };

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static EquatableArray<string> Names => EquatableArray.From(named.Keys);

    /// <summary>A data set of images that has been fetched into <paramref name="cache"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="cache">Where it lies.</param>
    /// <param name="size">What all images are resized to; null for their own.</param>
    /// <returns>Fails where the data set is unknown, holds no images or has not been fetched.</returns>
    public static Outcome<ImageData> Named(string name, DatasetCache cache, ImageSize? size = null) =>
        DatasetCatalogue.Find(name).Bind(entry =>
    {
        if (!named.TryGetValue(name, out var classes)) return Outcome.Fail<ImageData>(name, "this data set holds no images", $"The data sets of images are {string.Join(" and ", Names)}.");
        var folder = cache.FolderOf(entry);
        return entry.Files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file.Name))) is { } absent
            ? Outcome.Fail<ImageData>(name, $"'{folder}' holds no file '{absent.Name}'", $"Fetch the data set first: fstack data get {name}.")
            : ReadIdx(folder, classes).Map(data => size is { } wanted ? data.Resized(wanted) : data);
    });

    /// <summary>The images of a folder.</summary>
    /// <param name="path">
    /// A folder with <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, perhaps <c>t10k-images-idx3-ubyte</c>
    /// and <c>t10k-labels-idx1-ubyte</c>, each also with <c>.gz</c>, with a dot for its last dash but one, or in a folder of its own
    /// name; classes are then the numbers from 0 to the greatest training label. Or a folder with a subfolder of pictures for each
    /// class, or with such folders called <c>train</c> and, perhaps, <c>val</c> and <c>test</c>; classes and pictures are read in
    /// ordinal order of their names. What is passed over is noted.
    /// </param>
    /// <param name="decode">Reads a picture file.</param>
    /// <param name="size">What all images are resized to (<see cref="Resizing"/>); null where they have one size already.</param>
    /// <returns>Fails where the folder is absent, holds neither, or the images do not fit together.</returns>
    public static Outcome<ImageData> Read(string path, Func<string, Outcome<DecodedImage>> decode, ImageSize? size = null) =>
        size is { } wanted
        ? Read(path, file => decode(file).Map(image => image.Resized(wanted))).Map(data => data.Resized(wanted))
        : Read(path, decode);

    /// <summary>
    /// Images of a folder with classes that are known already: the IDX files or the folder to test on, or else those to train on. Not every
    /// class need be there.
    /// </summary>
    /// <param name="path">As <see cref="Read(string, Func{string, Outcome{DecodedImage}}, ImageSize?)"/> takes it.</param>
    /// <param name="classes">All classes.</param>
    /// <param name="decode">Reads a picture file.</param>
    /// <param name="size">What all images are resized to; null for their own.</param>
    public static Outcome<ImageSplit> Labelled(string path, EquatableArray<string> classes, Func<string, Outcome<DecodedImage>> decode,
        ImageSize? size = null)
    {
        if (OfName(path, classes) is { } named) return named.Map(split => split.Resized(size));
        if (!Directory.Exists(path)) return Outcome.Fail<ImageSplit>(path, "no such folder",
            $"Check the path, or give {string.Join(" or ", Names)}.");
        try
        {
            return IdxNames.Any(path)
                ? from test in ReadTest(path, classes.Count)
                  from split in test is null ? ReadPart(path, IdxNames.Train, classes.Count) : Outcome.Ok(test)
                  from noted in ByNumber(path, classes, split)
                  select noted.Resized(size)
                : IdxNames.Misnamed(path) is { } misnamed ? new Outcome<ImageSplit>.Fail(misnamed)
                : ClassFolders.Labelled(path, classes, file =>
                    decode(file).Map(image => size is { } wanted ? image.Resized(wanted) : image));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<ImageSplit>(path, $"cannot be read: {exception.Message.TrimEnd('.')}",
                "Check the permission to read the folder and what it holds.");
        }
    }

    // IDX files name no classes.
    private static Outcome<ImageSplit> ByNumber(string path, EquatableArray<string> classes, ImageSplit split) =>
        Outcome.Ok(split).Noting(classes.Select((name, code) => name == $"{code}").All(same => same)
            ? default
            : [new Note(path, $"labels are numbers: 0 is taken for '{classes[0]}', and so on in the order of the model's classes")]);

    private static Outcome<ImageSplit>? OfName(string name, EquatableArray<string> classes) => !named.TryGetValue(name, out var known) ? null
        : known != classes
            ? Outcome.Fail<ImageSplit>(name, $"its classes are {string.Join(", ", known)}, but the model's {string.Join(", ", classes)}",
                "Give images of the model's classes.")
        : Named(name, DatasetCache.Default).Map(data => data.Test ?? data.Train);

    /// <summary>
    /// The pictures to predict in a folder and below, in ordinal order of their paths; where it holds IDX files, the one of the images to
    /// test on,
    /// or else to train on. Hidden files are noted.
    /// </summary>
    /// <returns>Fails where the folder cannot be read or holds none, and on a link that leads back to what is read already.</returns>
    public static Outcome<(string? Idx, EquatableArray<string> Pictures)> ToPredict(string folder)
    {
        try
        {
            if (new[] { IdxNames.Test, IdxNames.Train }.SelectMany(part =>
                IdxNames.Find(folder, part, "images")).FirstOrDefault() is { } idx)
            {
                return Outcome.Ok(((string?)idx, default(EquatableArray<string>)));
            }

            if (IdxNames.Misnamed(folder) is { } misnamed) return new Outcome<(string?,
                EquatableArray<string>)>.Fail(misnamed with { Remedy = $"Give the file itself. Or: {misnamed.Remedy}" });
            return PictureTree.Of(folder).Bind(files => files.Count > 0
                ? Outcome.Ok(((string?)null, files))
                : Outcome.Fail<(string?, EquatableArray<string>)>(folder, "holds no images", "Give a folder of pictures or of IDX files."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<(string?, EquatableArray<string>)>(folder, $"cannot be read: {exception.Message.TrimEnd('.')}",
                "Check the permission to read the folder and what it holds.");
        }
    }

    private static Outcome<ImageData> Read(string path, Func<string, Outcome<DecodedImage>> decode)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0')) return Outcome.Fail<ImageData>($"'{path}'", "is not a path", "Give the path of a folder of images.");
        if (File.Exists(path)) return Outcome.Fail<ImageData>(path, "is a file, not a folder", "Give the folder that holds it.");
        if (!Directory.Exists(path)) return Outcome.Fail<ImageData>(path, "no such folder", $"Check the path, or give {string.Join(" or ", Names)}.");
        try
        {
            if (!Directory.EnumerateFileSystemEntries(path).Any()) return Outcome.Fail<ImageData>(path, "the folder is empty", "Give a folder with the four IDX files, or with a subfolder of pictures for each class.");
            return IdxNames.Any(path) ? ReadIdx(path, null)
                : IdxNames.Misnamed(path) is { } misnamed ? new Outcome<ImageData>.Fail(misnamed)
                : ClassFolders.Read(path, decode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<ImageData>(path, $"cannot be read: {exception.Message.TrimEnd('.')}", "Check the permission to read the folder and what it holds.");
        }
    }

    private static Outcome<ImageData> ReadIdx(string folder, EquatableArray<string>? classes)
    {
        var read = new[] { IdxNames.Train, IdxNames.Test }.SelectMany(part =>
            new[] { "images", "labels" }.Select(kind => IdxNames.Find(folder, part, kind).FirstOrDefault())).OfType<string>();
        return (from train in ReadPart(folder, IdxNames.Train, classes?.Count ?? 256)
                let all = classes ?? Numbers(train.Labels.Max() + 1)
                from known in all.Count < 2
                    ? Outcome.Fail<EquatableArray<string>>(folder, "all training labels are 0, but there is nothing to tell apart with one class",
                        "Give images of at least two classes.")
                    : Outcome.Ok(all)
                from test in ReadTest(folder, known.Count)
                from data in ImageData.Of(folder, train, test, null, known)
                select data).Noting(IdxNames.PassedOver(folder, read));
    }

    private static Outcome<ImageSplit?> ReadTest(string folder, int classes) =>
        new[] { "images", "labels" }.All(kind => IdxNames.Find(folder, IdxNames.Test, kind).Length == 0)
            ? Outcome.Ok<ImageSplit?>(null)
            : ReadPart(folder, IdxNames.Test, classes).Map(test => (ImageSplit?)test);

    private static Outcome<ImageSplit> ReadPart(string folder, string part, int classes)
    {
        var (images, labels) = (IdxNames.Find(folder, part, "images").FirstOrDefault(),
            IdxNames.Find(folder, part, "labels").FirstOrDefault());
        return images is not null && labels is not null
            ? IdxFile.ReadPair(images, labels, classes)
            : Outcome.Fail<ImageSplit>(folder,
                $"holds no file '{IdxNames.NameOf(part, images is null ? "images" : "labels")}', with or without .gz",
                    "Put it beside the other IDX files.");
    }

    private static EquatableArray<string> Numbers(int count) => EquatableArray.From(Enumerable.Range(0, count).Select(number => number.ToString()));
}
