namespace FunctionalStack.IO;

/// <summary>
/// Folders of training images: MNIST's four IDX files, or one subfolder of images per class
/// (docs/data.md).
/// </summary>
public static class ImageDirectory
{
    /// <summary>The image data sets of <see cref="DatasetCatalogue"/>, with the names of their classes.</summary>
    private static readonly Dictionary<string, EquatableArray<string>> named = new()
    {
        ["mnist"] = Numbers(10),
        ["fashion"] = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
    };

    /// <summary>The names for <see cref="Named"/>.</summary>
    public static EquatableArray<string> Names => EquatableArray.From(named.Keys);

    /// <summary>An image data set that has been fetched into <paramref name="cache"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="cache">The cache.</param>
    /// <param name="size">The size to resize all images to; null for their own.</param>
    /// <returns>Fails if the data set is unknown, has no images or has not been fetched.</returns>
    public static Outcome<ImageData> Named(string name, DatasetCache cache, ImageSize? size = null) =>
        DatasetCatalogue.Find(name).Bind(entry =>
    {
        if (size?.Refused is { } refused) return new Outcome<ImageData>.Fail(refused);
        if (!named.TryGetValue(name, out var classes))
            return Outcome.Fail<ImageData>(name, "this data set has no images", $"The image data sets are {string.Join(" and ", Names)}.");
        var folder = cache.FolderOf(entry);
        return entry.Files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file.Name))) is { } absent
            ? Outcome.Fail<ImageData>(name, $"'{folder}' has no file '{absent.Name}'", $"Fetch the data set first: fstack data get {name}.")
            : ReadIdx(folder, classes).Map(data => size is { } wanted ? data.Resized(wanted) : data);
    });

    /// <summary>The images of a folder.</summary>
    /// <param name="path">
    /// A folder with <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, and optionally <c>t10k-images-idx3-ubyte</c>
    /// and <c>t10k-labels-idx1-ubyte</c>. Each may end in <c>.gz</c>, have a dot for its last dash but one, or be in a folder of its own
    /// name. The classes are then the numbers from 0 to the greatest training label. Or a folder with one subfolder of images per
    /// class, or with such folders named <c>train</c> and, optionally, <c>val</c> and <c>test</c>. Classes and images are read in
    /// ordinal order of their names. Notes list the files that are ignored.
    /// </param>
    /// <param name="decode">Decodes an image file.</param>
    /// <param name="size">The size to resize all images to (<see cref="Resizing"/>); null if they already have one size.</param>
    /// <returns>Fails if the folder does not exist or has neither, if the images do not fit together, and if no image can have
    /// <paramref name="size"/>.</returns>
    public static Outcome<ImageData> Read(string path, Func<string, Outcome<DecodedImage>> decode, ImageSize? size = null) =>
        size?.Refused is { } refused ? new Outcome<ImageData>.Fail(refused)
        : size is { } wanted ? Read(path, file => decode(file).Map(image => image.Resized(wanted))).Map(data => data.Resized(wanted))
        : Read(path, decode);

    /// <summary>
    /// The images of a folder for given classes: the test images, or the training images if there are no test images. Classes may be
    /// absent.
    /// </summary>
    /// <param name="path">As in <see cref="Read(string, Func{string, Outcome{DecodedImage}}, ImageSize?)"/>.</param>
    /// <param name="classes">All classes.</param>
    /// <param name="decode">Decodes an image file.</param>
    /// <param name="size">The size to resize all images to; null for their own.</param>
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

    // IDX files have no class names.
    private static Outcome<ImageSplit> ByNumber(string path, EquatableArray<string> classes, ImageSplit split) =>
        Outcome.Ok(split).Noting(classes.Select((name, code) => name == $"{code}").All(same => same)
            ? default
            : [new Note(path, $"labels are numbers: 0 is '{classes[0]}', and so on in the order of the model's classes")]);

    private static Outcome<ImageSplit>? OfName(string name, EquatableArray<string> classes) =>
        !named.TryGetValue(name, out var known) ? null
        : known != classes
            ? Outcome.Fail<ImageSplit>(name,
                $"its classes are {string.Join(", ", known)}, but the model's are {string.Join(", ", classes)}",
                "Give images of the model's classes.")
        : Named(name, DatasetCache.Default).Map(data => data.Test ?? data.Train);

    /// <summary>
    /// The images to predict in a folder and its subfolders, in ordinal order of their paths. If it has IDX files, the file of the test
    /// images, or of the training images if there are no test images. Notes list hidden files.
    /// </summary>
    /// <returns>Fails if the folder cannot be read or has no images, and for a link that leads back to a folder already read.</returns>
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
                : Outcome.Fail<(string?, EquatableArray<string>)>(folder, "has no images",
                    "Give a folder of image files or of IDX files."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<(string?, EquatableArray<string>)>(folder, $"cannot be read: {exception.Message.TrimEnd('.')}",
                "Check the permission to read the folder and what it holds.");
        }
    }

    private static Outcome<ImageData> Read(string path, Func<string, Outcome<DecodedImage>> decode)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            return Outcome.Fail<ImageData>($"'{path}'", "is not a path", "Give the path of a folder of images.");
        if (File.Exists(path)) return Outcome.Fail<ImageData>(path, "is a file, not a folder", "Give the folder that contains it.");
        if (!Directory.Exists(path))
            return Outcome.Fail<ImageData>(path, "no such folder", $"Check the path, or give {string.Join(" or ", Names)}.");
        try
        {
            if (!Directory.EnumerateFileSystemEntries(path).Any())
                return Outcome.Fail<ImageData>(path, "the folder is empty",
                    "Give a folder with the four IDX files, or with one subfolder of images per class.");
            return IdxNames.Any(path) ? ReadIdx(path, null)
                : IdxNames.Misnamed(path) is { } misnamed ? new Outcome<ImageData>.Fail(misnamed)
                : ClassFolders.Read(path, decode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<ImageData>(path, $"cannot be read: {exception.Message.TrimEnd('.')}",
                "Check the permission to read the folder and what it holds.");
        }
    }

    private static Outcome<ImageData> ReadIdx(string folder, EquatableArray<string>? classes)
    {
        var read = new[] { IdxNames.Train, IdxNames.Test }.SelectMany(part =>
            new[] { "images", "labels" }.Select(kind => IdxNames.Find(folder, part, kind).FirstOrDefault())).OfType<string>();
        return (from train in ReadPart(folder, IdxNames.Train, classes?.Count ?? 256)
                let all = classes ?? Numbers(train.Labels.Max() + 1)
                from known in all.Count < 2
                    ? Outcome.Fail<EquatableArray<string>>(folder, "all training labels are 0, which is only one class",
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
                $"has no file '{IdxNames.NameOf(part, images is null ? "images" : "labels")}', with or without .gz",
                    "Put it beside the other IDX files.");
    }

    private static EquatableArray<string> Numbers(int count) =>
        EquatableArray.From(Enumerable.Range(0, count).Select(number => number.ToString()));
}
