using FunctionalStack.IO;

namespace FunctionalStack.Columnar;

/// <summary>Opens files, and converts what their libraries throw to failures.</summary>
internal static class ColumnarFile
{
    /// <summary>The remedy for a file that its library cannot read.</summary>
    public const string Damaged =
        "The file is damaged, or its encoding or compression is not supported. Copy it again, or write it with another library.";

    /// <summary>The result of <paramref name="read"/> on the file at a path. Fails if it does not exist or cannot be read.</summary>
    public static Outcome<T> Open<T>(string path, string kind, Func<Stream, Outcome<T>> read) => InputFile.Read(path, kind, found =>
    {
        using var stream = File.OpenRead(found);
        return read(stream);
    });

    /// <summary>
    /// The result of <paramref name="read"/>. On damaged files the libraries throw exceptions of many types, so all become failures.
    /// </summary>
    public static Outcome<T> Try<T>(string where, string kind, Func<Outcome<T>> read)
    {
        try
        {
            // The libraries continue on the caller's synchronization context, where this thread would wait for itself.
            return Task.Run(read).GetAwaiter().GetResult();
        }
        catch (OutOfMemoryException)
        {
            return Outcome.Fail<T>(where, "does not fit in memory", "Read fewer rows or columns, or use a machine with more memory.");
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
