namespace FunctionalStack.IO;

/// <summary>Images in one subfolder per class, optionally below <c>train</c>, <c>val</c> and <c>test</c>.</summary>
internal static class ClassFolders
{
    private const string OneEach = "Give one subfolder of images per class.";

    private static readonly string[] trainNames = ["train", "training"];
    private static readonly string[] validationNames = ["val", "valid", "validation"];
    private static readonly string[] testNames = ["test", "testing"];

    public static Outcome<ImageData> Read(string path, Func<string, Outcome<DecodedImage>> decode)
    {
        var listing = FolderListing.Of(path);
        var others = listing.Folders.Where(folder => !IsOf(trainNames, folder) && !IsOf(validationNames, folder)
            && !IsOf(testNames, folder)).ToArray();
        return from train in Part(path, listing.Folders, trainNames)
               from data in train switch
               {
                   // A folder named 'train' among folders of other names is a class, such as CIFAR-100's.
                   null when others.Length == 0 && listing.Folders.Length > 0 => Outcome.Fail<ImageData>(
                       path, "has no folder 'train'", "Name the folder of training images 'train'."),
                   null => Flat(path, listing, decode),
                   _ when FolderListing.Of(train).Folders.Length == 0 && others.Length > 0 => Flat(path, listing, decode),
                   _ when others.Length > 0 => Outcome.Fail<ImageData>(
                       others[0], $"is beside '{FolderListing.NameOf(train)}', which holds the training images, and would not be read",
                       "Put all classes below 'train', or rename that folder if it is a class itself."),
                   _ => Parts(path, listing, train, decode),
               }
               select data;
    }

    /// <summary>The images of given classes: below <c>test</c> or else <c>train</c> if there are such folders, otherwise in the
    /// folder itself.</summary>
    public static Outcome<ImageSplit> Labelled(string path, EquatableArray<string> classes, Func<string, Outcome<DecodedImage>> decode)
    {
        var listing = FolderListing.Of(path);
        return from test in Part(path, listing.Folders, testNames)
               from train in Part(path, listing.Folders, trainNames)
               let split = test ?? train
               let chosen = split is not null && !classes.Contains(FolderListing.NameOf(split)) ? split : path
               from read in ReadSplit(chosen, chosen == path ? listing : FolderListing.Of(chosen), classes, decode)
               select read;
    }

    private static Outcome<ImageData> Flat(string path, FolderListing listing, Func<string, Outcome<DecodedImage>> decode) =>
        from read in ReadTrain(path, listing, decode)
        from data in ImageData.Of(path, read.Split, null, null, read.Classes)
        select data;

    private static Outcome<ImageData> Parts(string path, FolderListing listing, string train, Func<string, Outcome<DecodedImage>> decode) =>
        from first in ReadTrain(train, FolderListing.Of(train), decode)
        from validation in Measured(path, listing, validationNames, first.Classes, decode)
        from test in Measured(path, listing, testNames, first.Classes, decode)
        from data in ImageData.Of(path, first.Split, test, validation, first.Classes).Noting([.. Beside(listing), .. listing.Hidden])
        select data;

    private static Outcome<ImageSplit?> Measured(string path, FolderListing listing, string[] names, EquatableArray<string> classes,
        Func<string,
        Outcome<DecodedImage>> decode) =>
        from folder in Part(path, listing.Folders, names)
        from split in folder is null
            ? Outcome.Ok<ImageSplit?>(null)
            : ReadSplit(folder, FolderListing.Of(folder), classes, decode).Map(read => (ImageSplit?)read)
        select split;

    private static bool IsOf(string[] names, string folder) =>
        names.Contains(FolderListing.NameOf(folder), StringComparer.OrdinalIgnoreCase);

    private static Outcome<string?> Part(string path, string[] folders, string[] names) =>
        folders.Where(folder => IsOf(names, folder)).ToArray() switch
        {
            [] => Outcome.Ok<string?>(null),
            [var one] => Outcome.Ok<string?>(one),
            [var one, var other, ..] =>
                Outcome.Fail<string?>(path, $"holds both '{FolderListing.NameOf(one)}' and '{FolderListing.NameOf(other)}'",
                    "Remove one of them."),
        };

    private static IEnumerable<Note> Beside(FolderListing listing) =>
        listing.Files.Select(file => new Note(file, "is beside folders of images, and is ignored"));

    private static Outcome<(ImageSplit Split, EquatableArray<string> Classes)> ReadTrain(string folder, FolderListing listing, Func<string,
        Outcome<DecodedImage>> decode)
    {
        var classes = EquatableArray.From(listing.Folders.Select(FolderListing.NameOf));
        return classes.Count switch
        {
            0 => Outcome.Fail<(ImageSplit, EquatableArray<string>)>(folder, "has neither IDX files nor a subfolder", OneEach),
            1 => Outcome.Fail<(ImageSplit, EquatableArray<string>)>(folder, $"has only one class, '{classes[0]}'", OneEach),
            _ => ReadSplit(folder, listing, classes, decode).Map(split => (split, classes)),
        };
    }

    private static Outcome<ImageSplit> ReadSplit(string folder, FolderListing listing, EquatableArray<string> classes, Func<string,
        Outcome<DecodedImage>> decode)
    {
        var files = new List<(string Path, int Label)>();
        List<Note> notes = [.. listing.Hidden, .. Beside(listing)];
        foreach (var found in listing.Folders)
        {
            var label = classes.AsSpan().IndexOf(FolderListing.NameOf(found));
            if (label < 0)
                return Outcome.Fail<ImageSplit>(found, "this class is not among the training classes",
                    $"The classes are {string.Join(", ", classes)}.");
            var pictures = FolderListing.Of(found);
            if (pictures.Folders is [var nested, ..]) return Outcome.Fail<ImageSplit>(nested, "is a folder, but should be an image",
                OneEach);
            if (pictures.Files.Length == 0) return Outcome.Fail<ImageSplit>(found, "has no images",
                "Put this class's images there, or remove the folder.");
            files.AddRange(pictures.Files.Select(picture => (picture, label)));
            notes.AddRange(pictures.Hidden);
        }

        return files.Count > 0 ? Decoded(files, decode).Noting(EquatableArray.From(notes))
            : listing.Files.Length > 0
                ? Outcome.Fail<ImageSplit>(folder, "has images, but no subfolders for their classes",
                    "Give one subfolder of images per class. To predict them, move them to another folder and give that to 'fstack "
                        + "predict'.")
            : Outcome.Fail<ImageSplit>(folder, "has no subfolder", OneEach);
    }

    private static Outcome<ImageSplit> Decoded(List<(string Path, int Label)> files, Func<string, Outcome<DecodedImage>> decode)
    {
        var pictures = new DecodedPictures(files.Count);
        return Outcome.All(files.Select(file => decode(file.Path).Bind(image => pictures.Add(file.Path, image))))
            .Bind(_ => pictures.Split(EquatableArray.From(files.Select(file => file.Label))));
    }
}
