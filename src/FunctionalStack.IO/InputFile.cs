namespace FunctionalStack.IO;

/// <summary>Opens files for reading, with uniform failures.</summary>
internal static class InputFile
{
    /// <summary>The result of <paramref name="read"/>. Fails if the path is invalid, is a folder, does not exist or cannot be
    /// read.</summary>
    /// <param name="path">As given; messages use it.</param>
    /// <param name="kind">The expected kind of file: <c>a model file</c>.</param>
    /// <param name="read">Reads the file at the path.</param>
    public static Outcome<T> Read<T>(string path, string kind, Func<string, Outcome<T>> read)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            return Outcome.Fail<T>($"'{path}'", "is not a path", $"Give the path of {kind}.");
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
            return Outcome.Fail<T>(path, $"cannot be read: {exception.Message.TrimEnd('.')}",
                "Check the path and the permission to read it.");
        }
    }
}
