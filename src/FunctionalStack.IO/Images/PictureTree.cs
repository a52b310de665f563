namespace FunctionalStack.IO;

/// <summary>All images in a folder and its subfolders.</summary>
internal static class PictureTree
{
    /// <summary>
    /// The files in a folder and its subfolders, in ordinal order of their paths; hidden ones are noted. Fails for a link that leads
    /// back to a folder already read, or to nothing.
    /// </summary>
    public static Outcome<EquatableArray<string>> Of(string folder)
    {
        var (files, notes, seen) = (new List<string>(), new List<Note>(), new Dictionary<string, string>());
        return Walk(folder, Path.GetFullPath(folder)) is { } failure
            ? new Outcome<EquatableArray<string>>.Fail(failure)
            : new Outcome<EquatableArray<string>>.Ok(EquatableArray.From(files.Order(StringComparer.Ordinal)), EquatableArray.From(notes));

        Failure? Walk(string at, string parents)
        {
            if (Followed(at, parents) is not { } real) return new(at, "is a broken link", "Fix or remove the link.");
            if (!seen.TryAdd(real, at)) return new(at,
                $"is a link, or is inside one: '{seen[real]}' is the same folder, and has been read already", "Remove the link.");
            var listing = FolderListing.Of(at);
            files.AddRange(listing.Files);
            notes.AddRange(listing.Hidden);
            return listing.Folders.Select(below => Walk(below, Path.Combine(real, FolderListing.NameOf(below)))).FirstOrDefault(failure =>
                failure is not null);
        }
    }

    private static string? Followed(string path, string otherwise)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(new DirectoryInfo(Path.TrimEndingDirectorySeparator(path))
                .ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? otherwise);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
