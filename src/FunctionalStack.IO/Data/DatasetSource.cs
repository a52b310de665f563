using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>The sources of one file of a data set. Each puts the checked file at <paramref name="path"/>, or fails.</summary>
internal sealed class DatasetSource(DatasetEntry entry, DatasetFile file, string path, Action<long> report)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private string PartPath => path + ".part";

    public Outcome<string> Embedded(CancellationToken cancellation) => AtomicFile.Write(path, stream =>
    {
        using var csv = EmbeddedData.OpenCsv(entry.Name);
        csv.CopyTo(stream);
    }, cancellation);

    public async Task<Outcome<string>> FromFolderAsync(string folder, CancellationToken cancellation)
    {
        var plain = file.Name.EndsWith(".gz", StringComparison.Ordinal) ? file.Name[..^3] : file.Name;
        var found = new[] { file.Name, plain }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is null)
            return Outcome.Fail<string>(folder, $"has no file '{file.Name}'", "Give the folder that holds the data set's files.");
        return await Fingerprint.AgreesAsync(found, file, cancellation)
            ? Store(found, cancellation)
            : Outcome.Fail<string>(found, "is not the expected file: its SHA-256 differs", "Give an unchanged copy, or download it.");
    }

    public async Task<Outcome<string>> DownloadAsync(CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (var mirror in entry.Mirrors)
        {
            var address = new Uri(new Uri(mirror), file.Name);
            if (await FromMirrorAsync(address, cancellation) is not { } failure) return Outcome.Ok(path);
            failures.Add($"{address.Host}: {failure}");
        }

        if (new FileInfo(PartPath) is { Exists: true, Length: 0 }) File.Delete(PartPath);

        return Outcome.Fail<string>(file.Name, $"could not be downloaded ({string.Join("; ", failures)})",
            $"Check the network, or give a folder that holds the files: fstack data get {entry.Name} --from DIR.");
    }

    // Null if the file is complete; otherwise the reason.
    private async Task<string?> FromMirrorAsync(Uri address, CancellationToken cancellation)
    {
        for (; ; )
        {
            var resumed = false;
            try
            {
                resumed = await DownloadPartAsync(address, cancellation);
            }
            catch (HttpRequestException exception)
            {
                return exception.Message.TrimEnd('.');
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return "no answer in time";
            }

            if (await Fingerprint.AgreesAsync(PartPath, file, cancellation))
            {
                File.Move(PartPath, path, overwrite: true);
                return null;
            }

            // The first part may be damaged, so a resumed download is tried once more from the start.
            File.Delete(PartPath);
            if (!resumed) return "the file's SHA-256 is wrong";
        }
    }

    private async Task<bool> DownloadPartAsync(Uri address, CancellationToken cancellation)
    {
        await using var part =
            new FileStream(PartPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        var remote = await Remote.OpenAsync(address, part.Length, patience.Token);
        await using var content = remote.Content;
        part.SetLength(Math.Min(part.Length, remote.Offset));
        part.Seek(0, SeekOrigin.End);
        var buffer = new byte[1 << 16];
        for (int count; (count = await ReadAsync(content, buffer, patience.Token)) > 0;)
        {
            patience.CancelAfter(Patience);
            await part.WriteAsync(buffer.AsMemory(0, count), cancellation);
            report(part.Length);
        }

        part.Flush(flushToDisk: true);
        return remote.Offset > 0;
    }

    // Reading and writing both fail with IOException; only a read failure is a reason to try another mirror.
    private static async Task<int> ReadAsync(Stream content, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellation);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException(exception.Message, exception);
        }
    }

    private Outcome<string> Store(string found, CancellationToken cancellation) => AtomicFile.Write(path, stream =>
    {
        using var source = Fingerprint.Open(found);
        if (file.Name.EndsWith(".gz", StringComparison.Ordinal) && !Fingerprint.IsGzip(source))
        {
            using var compressed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            source.CopyTo(compressed);
        }
        else
        {
            source.CopyTo(stream);
        }
    }, cancellation).Map(stored =>
    {
        File.Delete(PartPath);
        return stored;
    });
}
