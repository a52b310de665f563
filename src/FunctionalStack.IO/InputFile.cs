namespace FunctionalStack.IO;

/// <summary>Opens files to read, and says in one way why one cannot be read.</summary>
internal static class InputFile
{
    /// <summary>What <paramref name="read"/> makes of the file. Fails where the path is none, is a folder, or leads to nothing that may be read.</summary>
    /// <param name="path">As given; messages call it that.</param>
    /// <param name="kind">What the file should be: <c>a model file</c>.</param>
    /// <param name="read">Opens the file at the path.</param>
    public static Outcome<T> Read<T>(string path, string kind, Func<string, Outcome<T>> read)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0')) return Outcome.Fail<T>($"'{path}'", "is not a path", $"Give the path of {kind}.");
        try
        {
            return Directory.Exists(path) ? Outcome.Fail<T>(path, "is a folder, not a file", $"Give the path of {kind}.") : read(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Outcome.Fail<T>(path, "no such file", "Check the path.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<T>(path, $"cannot be read: {exception.Message.TrimEnd('.')}", "Check the path and the permission to read it.");
        }
    }
}
