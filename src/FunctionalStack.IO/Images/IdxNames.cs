namespace FunctionalStack.IO;

/// <summary>Where MNIST's files lie in a folder: by their classical names, with a dot for the last dash, compressed, or each in a folder of
/// its own name.</summary>
internal static class IdxNames
{
    public const string Train = "train";
    public const string Test = "t10k";

    /// <summary>The classical name of a file.</summary>
    /// <param name="part"><see cref="Train"/> or <see cref="Test"/>.</param>
    /// <param name="kind"><c>images</c> or <c>labels</c>.</param>
    public static string NameOf(string part, string kind) => $"{part}-{kind}-idx{(kind == "images" ? 3 : 1)}-ubyte";

    /// <summary>The paths of the files that are there, the one to be read first.</summary>
    public static string[] Find(string folder, string part, string kind)
    {
        var name = NameOf(part, kind);
        return [.. from spelled in new[] { name, name.Replace("-idx", ".idx", StringComparison.Ordinal) }
                   from file in new[] { spelled, $"{spelled}.gz" }
                   from path in new[] { Path.Combine(folder, file), Path.Combine(folder, file, file),
                       Path.Combine(folder, spelled, file) }.Distinct()
                   where File.Exists(path)
                   select path];
    }

    /// <summary>Whether a folder holds any of the four.</summary>
    public static bool Any(string folder) =>
        new[] { Train, Test }.Any(part => new[] { "images", "labels" }.Any(kind => Find(folder, part, kind).Length > 0));

    /// <summary>Whether a file is, by its name, of the format but none of the four.</summary>
    public static bool IsOther(string path) => Path.GetFileName(path) is var name
        && (name.Contains("idx3", StringComparison.OrdinalIgnoreCase) || name.Contains("idx1", StringComparison.OrdinalIgnoreCase));

    /// <summary>The first file of the format in a folder that holds none of the four, as a failure.</summary>
    public static Failure? Misnamed(string folder) =>
        Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).FirstOrDefault(IsOther) is { } file
        ? new(file, "is an IDX file by another name than MNIST's",
            $"Call the files {NameOf(Train, "images")}, {NameOf(Train, "labels")} and, to test on, {NameOf(Test, "images")} and {NameOf(Test, "labels")}.")
        : null;

    /// <summary>A note for whatever lies in a folder of such files and is not read.</summary>
    public static EquatableArray<Note> PassedOver(string folder, IEnumerable<string> read)
    {
        var kept = read.Select(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0]).ToHashSet();
        var listing = FolderListing.Of(folder);
        return EquatableArray.From(listing.Folders.Concat(listing.Files).Where(path => !kept.Contains(FolderListing.NameOf(path)))
            .Select(path => new Note(path, "is passed over: the IDX files beside it are read")).Concat(listing.Hidden));
    }
}
