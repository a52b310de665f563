namespace FunctionalStack.IO;

/// <summary>What a folder of images holds, in ordinal order, so that it is the same on every machine.</summary>
/// <param name="Folders">Paths of its folders.</param>
/// <param name="Files">Paths of its files.</param>
/// <param name="Hidden">A note for whatever is hidden: what file managers, archives and notebooks leave behind.</param>
internal sealed record FolderListing(string[] Folders, string[] Files, EquatableArray<Note> Hidden)
{
    private static readonly HashSet<string> leavings = new(StringComparer.OrdinalIgnoreCase) { "Thumbs.db", "ehthumbs.db", "desktop.ini",
        "__MACOSX", "Icon\r" };

    public static FolderListing Of(string folder)
    {
        var (folders, files) = (Directory.GetDirectories(folder), Directory.GetFiles(folder));
        return new(Visible(folders), Visible(files),
            EquatableArray.From(folders.Concat(files).Where(IsHidden).Order(StringComparer.Ordinal).Select(path =>
                new Note(path, "is hidden, and passed over"))));
    }

    /// <summary>The last name of a path.</summary>
    public static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    private static string[] Visible(string[] paths) => [.. paths.Where(path => !IsHidden(path)).Order(StringComparer.Ordinal)];

    private static bool IsHidden(string path) => NameOf(path) is var name && (name.StartsWith('.') || leavings.Contains(name));
}
