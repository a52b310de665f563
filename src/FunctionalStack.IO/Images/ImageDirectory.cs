namespace FunctionalStack.IO;

/// <summary>
/// Folders of images to train on: MNIST's four IDX files by their classical names, or a subfolder of pictures for each
/// class (docs/data.md).
/// </summary>
public static class ImageDirectory
{
    private const string Train = "train";
    private const string Test = "t10k";

    /// <summary>The data sets of images that <see cref="DatasetCatalogue"/> lists, and the names of their classes.</summary>
    private static readonly Dictionary<string, Values<string>> named = new()
    {
        ["mnist"] = Numbers(10),
        ["fashion"] = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
    };

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static Values<string> Names => Values.From(named.Keys);

    /// <summary>A data set of images that has been fetched into <paramref name="cache"/>.</summary>
    /// <returns>Fails where the data set is unknown, holds no images or has not been fetched.</returns>
    public static Outcome<ImageData> Named(string name, DatasetCache cache) => DatasetCatalogue.Find(name).Bind(entry =>
    {
        if (!named.TryGetValue(name, out var classes)) return Outcome.Fail<ImageData>(name, "this data set holds no images", $"The data sets of images are {string.Join(" and ", Names)}.");
        var folder = cache.FolderOf(entry);
        return entry.Files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file.Name))) is { } absent
            ? Outcome.Fail<ImageData>(name, $"'{folder}' holds no file '{absent.Name}'", $"Fetch the data set first: fstack data get {name}.")
            : ReadIdx(folder, classes);
    });

    /// <summary>The images of a folder.</summary>
    /// <param name="path">
    /// A folder with <c>train-images-idx3-ubyte</c> and <c>train-labels-idx1-ubyte</c>, perhaps <c>t10k-images-idx3-ubyte</c>
    /// and <c>t10k-labels-idx1-ubyte</c>, each also with <c>.gz</c>; classes are then the numbers from 0 to the greatest
    /// training label. Or a folder with a subfolder of pictures for each class, or with two such folders, <c>train</c> and
    /// <c>test</c>; classes and pictures are read in ordinal order of their names.
    /// </param>
    /// <param name="decode">Reads a picture file.</param>
    /// <returns>Fails where the folder is absent, holds neither, or the images do not fit together.</returns>
    public static Outcome<ImageData> Read(string path, Func<string, Outcome<DecodedImage>> decode)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0')) return Outcome.Fail<ImageData>($"'{path}'", "is not a path", "Give the path of a folder of images.");
        if (File.Exists(path)) return Outcome.Fail<ImageData>(path, "is a file, not a folder", "Give the folder that holds it.");
        if (!Directory.Exists(path)) return Outcome.Fail<ImageData>(path, "no such folder", $"Check the path, or give {string.Join(" or ", Names)}.");
        try
        {
            if (!Directory.EnumerateFileSystemEntries(path).Any()) return Outcome.Fail<ImageData>(path, "the folder is empty", "Give a folder with the four IDX files, or with a subfolder of pictures for each class.");
            return new[] { Train, Test }.Any(part => Find(path, part, "images") is not null || Find(path, part, "labels") is not null)
                ? ReadIdx(path, null)
                : ClassFolders.Read(path, decode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<ImageData>(path, $"cannot be read: {exception.Message.TrimEnd('.')}", "Check the permission to read the folder and what it holds.");
        }
    }

    private static Outcome<ImageData> ReadIdx(string folder, Values<string>? classes) =>
        from train in ReadPart(folder, Train, classes?.Count ?? 256)
        let all = classes ?? Numbers(train.Labels.Max() + 1)
        from known in all.Count < 2
            ? Outcome.Fail<Values<string>>(folder, "all training labels are 0, but there is nothing to tell apart with one class", "Give images of at least two classes.")
            : Outcome.Ok(all)
        from test in ReadTest(folder, known.Count)
        from data in ImageData.Of(folder, train, test, known)
        select data;

    private static Outcome<ImageSplit?> ReadTest(string folder, int classes) =>
        Find(folder, Test, "images") is null && Find(folder, Test, "labels") is null
            ? Outcome.Ok<ImageSplit?>(null)
            : ReadPart(folder, Test, classes).Map(test => (ImageSplit?)test);

    private static Outcome<ImageSplit> ReadPart(string folder, string part, int classes)
    {
        var (images, labels) = (Find(folder, part, "images"), Find(folder, part, "labels"));
        return images is not null && labels is not null
            ? IdxFile.ReadPair(images, labels, classes)
            : Outcome.Fail<ImageSplit>(folder, $"holds no file '{FileName(part, images is null ? "images" : "labels")}', with or without .gz", "Put it beside the other IDX files.");
    }

    private static string? Find(string folder, string part, string kind) =>
        new[] { "", ".gz" }.Select(end => Path.Combine(folder, FileName(part, kind) + end)).FirstOrDefault(File.Exists);

    private static string FileName(string part, string kind) => $"{part}-{kind}-idx{(kind == "images" ? 3 : 1)}-ubyte";

    private static Values<string> Numbers(int count) => Values.From(Enumerable.Range(0, count).Select(number => number.ToString()));
}
