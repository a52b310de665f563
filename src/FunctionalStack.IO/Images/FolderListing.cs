namespace FunctionalStack.IO;

/// <summary>The content of a folder of images, in ordinal order so that it is the same on every machine.</summary>
/// <param name="Folders">Paths of its subfolders.</param>
/// <param name="Files">Paths of its files.</param>
/// <param name="Hidden">A note per hidden entry, such as those of file managers, archives and notebooks.</param>
internal sealed record FolderListing(string[] Folders, string[] Files, EquatableArray<Note> Hidden)
{
    private static readonly HashSet<string> leavings = new(StringComparer.OrdinalIgnoreCase) { "Thumbs.db", "ehthumbs.db", "desktop.ini",
        "__MACOSX", "Icon\r" };

    public static FolderListing Of(string folder)
    {
        var (folders, files) = (Directory.GetDirectories(folder), Directory.GetFiles(folder));
        return new(Visible(folders), Visible(files),
            EquatableArray.From(folders.Concat(files).Where(IsHidden).Order(StringComparer.Ordinal).Select(path =>
                new Note(path, "is hidden, and is ignored"))));
    }

    /// <summary>The last component of a path.</summary>
    public static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private static string[] Visible(string[] paths) => [.. paths.Where(path => !IsHidden(path)).Order(StringComparer.Ordinal)];

    private static bool IsHidden(string path) => NameOf(path) is var name && (name.StartsWith('.') || leavings.Contains(name));
}
