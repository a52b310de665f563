using FunctionalStack.IO;

namespace FunctionalStack.Columnar;

/// <summary>Opens files, and converts what their libraries throw to failures.</summary>
internal static class ColumnarFile
{
    /// <summary>The remedy for a file that its library cannot read.</summary>
    public const string Damaged =
        "The file is damaged, or its encoding or compression is not supported. Copy it again, or write it with another library.";

    /// <summary>The result of <paramref name="read"/> on the file at a path. Fails if it does not exist or cannot be read.</summary>
    public static Outcome<T> Open<T>(string path, string kind, Func<Stream, Outcome<T>> read)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0'))
            return Outcome.Fail<T>($"'{path}'", "is not a path", $"Give the path of {kind}.");
        if (Directory.Exists(path)) return Outcome.Fail<T>(path, "is a folder, not a file", $"Give the path of {kind}.");
        try
        {
            using var stream = File.OpenRead(path);
            return read(stream);
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

    /// <summary>
    /// The result of <paramref name="read"/>. On damaged files the libraries throw exceptions of many types, so all become failures.
    /// </summary>
    public static Outcome<T> Try<T>(string where, string kind, Func<Outcome<T>> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var reason = exception is AggregateException { InnerException: { } inner } ? inner : exception;
            return Outcome.Fail<T>(where, $"cannot be read as {kind}: {reason.Message.TrimEnd('.')}", Damaged);
        }
    }

    /// <summary>The failure of a column whose type has no place in a table.</summary>
    public static Outcome<T> Unsupported<T>(string file, string column, string type) => Outcome.Fail<T>(
        $"{file}, column {column}", $"holds {type}",
        "Leave the column out, or write it as columns of numbers, strings, booleans, dates or times.");
}
