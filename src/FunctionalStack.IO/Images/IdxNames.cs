namespace FunctionalStack.IO;

/// <summary>The paths of MNIST's files in a folder: with their original names, with a dot for the last dash, compressed, or each in a
/// folder of its own name.</summary>
internal static class IdxNames
{
    public const string Train = "train";
    public const string Test = "t10k";

    /// <summary>The original name of a file.</summary>
    /// <param name="part"><see cref="Train"/> or <see cref="Test"/>.</param>
    /// <param name="kind"><c>images</c> or <c>labels</c>.</param>
    public static string NameOf(string part, string kind) => $"{part}-{kind}-idx{(kind == "images" ? 3 : 1)}-ubyte";

    /// <summary>The paths of the existing files; the first is the one to read.</summary>
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

    /// <summary>Whether a folder has any of the four files.</summary>
    public static bool Any(string folder) =>
        new[] { Train, Test }.Any(part => new[] { "images", "labels" }.Any(kind => Find(folder, part, kind).Length > 0));

    /// <summary>Whether a file has the name of an IDX file, but none of the four names.</summary>
    public static bool IsOther(string path) => Path.GetFileName(path) is var name
        && (name.Contains("idx3", StringComparison.OrdinalIgnoreCase) || name.Contains("idx1", StringComparison.OrdinalIgnoreCase));

    /// <summary>A failure for the first IDX file in a folder with none of the four names.</summary>
    public static Failure? Misnamed(string folder) =>
        Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).FirstOrDefault(IsOther) is { } file
        ? new(file, "is an IDX file, but its name is not one of MNIST's",
            $"Name the files {NameOf(Train, "images")}, {NameOf(Train, "labels")} and, for testing, {NameOf(Test, "images")} and "
                + $"{NameOf(Test, "labels")}.")
        : null;

    /// <summary>A note per file in a folder of IDX files that is not read.</summary>
    public static EquatableArray<Note> PassedOver(string folder, IEnumerable<string> read)
    {
        var kept = read.Select(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0]).ToHashSet();
        var listing = FolderListing.Of(folder);
        return EquatableArray.From(listing.Folders.Concat(listing.Files).Where(path => !kept.Contains(FolderListing.NameOf(path)))
            .Select(path => new Note(path, "is ignored: the IDX files beside it are read")).Concat(listing.Hidden));
    }
}
