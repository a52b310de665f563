namespace FunctionalStack.IO;

/// <summary>Writes files atomically: completely or not at all.</summary>
public static class AtomicFile
{
    private const string Temporary = ".tmp";

    /// <summary>
    /// Calls <paramref name="write"/> with a temporary file beside <paramref name="path"/>, flushes it to disk and renames it to
    /// <paramref name="path"/>, replacing an existing file. On any error the old file stays and the temporary file is deleted, even
    /// if the process exits meanwhile; that of a killed process is deleted by the next write of the file. Links are followed; pipes and
    /// devices are written directly.
    /// Fails if the folder does not exist or is not writable, if the path is a folder, or if the disk is full.
    /// </summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the rename.</exception>
    public static Outcome<string> Write(string path, Action<Stream> write, CancellationToken cancellation = default) =>
        Attempt(path, Always(write), true, cancellation);

    /// <summary>The same for content whose creation may fail. On a failure the old file stays.</summary>
    /// <returns>The result of <paramref name="write"/>, if the file could be written.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before the rename.</exception>
    public static Outcome<T> Write<T>(string path, Func<Stream, Outcome<T>> write, CancellationToken cancellation = default)
    {
        Outcome<T>? made = null;
        var written = Attempt(path, stream => (made = write(stream)).Map(_ => default(ValueTuple)), true, cancellation);
        return made is Outcome<T>.Fail ? made : written.Bind(_ => made!);
    }

    /// <summary>
    /// The same without the flush: atomic if the process is killed, but not if the machine loses power. For files whose damage is
    /// detected and repaired.
    /// </summary>
    internal static Outcome<string> WriteUnflushed(string path, Action<Stream> write) => Attempt(path, Always(write), false, default);

    /// <summary>The temporary files that a killed process may have left in a folder of files written by this class: of all files, or of
    /// those whose names have a pattern.</summary>
    internal static IEnumerable<string> LeftIn(string folder, string of = "*") => Directory.EnumerateFiles(folder, $".{of}{Temporary}");

    /// <summary>
    /// Fails if <see cref="Write"/> would fail before writing. Use it before expensive work whose result will be written.
    /// An existing file at <paramref name="path"/> is not changed.
    /// </summary>
    /// <returns>The file's full path.</returns>
    public static Outcome<string> Check(string path) => Attempt(path, null, false, default);

    private static Func<Stream, Outcome<ValueTuple>> Always(Action<Stream> write) => stream =>
    {
        write(stream);
        return Outcome.Ok(default(ValueTuple));
    };

    private static Outcome<string> Attempt(
        string path, Func<Stream, Outcome<ValueTuple>>? write, bool flush, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            return Outcome.Fail<string>($"'{path}'", "is not a path", "Give the path of a file.");
        string? temporary = null;
        AppDomain.CurrentDomain.ProcessExit += AtExit;
        try
        {
            var full = RealPath.Of(path);
            if (RealPath.IsSpecial(full))
            {
                // Renaming onto /dev/null would replace the device with a file. A pipe may have no reader yet.
                if (write is null) return Outcome.Ok(full);
                using var aside = new Aside();
                return write(aside).Map(_ =>
                {
                    using var device = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    aside.CopyTo(device);
                    return full;
                });
            }

            if (Directory.Exists(full)) return Outcome.Fail<string>(path, "is a folder", "Give the path of a file.");
            var folder = Path.GetDirectoryName(full)!;
            if (!Directory.Exists(folder))
                return Outcome.Fail<string>(path, $"the folder '{folder}' does not exist", "Create it, or give another path.");
            cancellation.ThrowIfCancellationRequested();
            temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}{Temporary}");
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Delete))
            {
                if (write is null) return Outcome.Ok(full);
                if (write(stream) is Outcome<ValueTuple>.Fail failed) return new Outcome<string>.Fail(failed.Failure);
                stream.Flush(flush);
                cancellation.ThrowIfCancellationRequested();
                // It stays open, and so locked, until it has its name: see Sweep.
                File.Move(temporary, full, overwrite: true);
                temporary = null;
            }

            if (flush) Sweep(full);
            return Outcome.Ok(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The name of the temporary file would confuse the reader.
            var message = temporary is null ? exception.Message : exception.Message.Replace(temporary, Path.GetFullPath(path));
            return Outcome.Fail<string>(path, $"cannot be written: {message.TrimEnd('.')}",
                "Check the path, the permission to write there and the space left.");
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= AtExit;
            if (temporary is not null) Discard(temporary);
        }

        // Environment.Exit runs no finally blocks.
        void AtExit(object? sender, EventArgs e)
        {
            if (temporary is not null) Discard(temporary);
        }
    }

    /// <summary>Deletes what killed processes left of this file: temporary files of its name that no process has open.</summary>
    private static void Sweep(string full)
    {
        try
        {
            foreach (var left in LeftIn(Path.GetDirectoryName(full)!, $"{Path.GetFileName(full)}.*"))
            {
                if (Path.GetFileNameWithoutExtension(left).Split('.') is not [.., var unique] || !Guid.TryParseExact(unique, "N", out _))
                    continue;
                if (IsOpen(left)) continue;
                File.Delete(left);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not ours, or a folder that cannot be listed: they stay. The file is written.
        }
    }

    private static bool IsOpen(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The original error is the one to report.
        }
    }
}
