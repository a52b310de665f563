namespace FunctionalStack.IO;

/// <summary>Standard input and output instead of files, for the path <c>-</c>.</summary>
public static class StandardStream
{
    /// <summary>The path of standard input and output.</summary>
    public const string Dash = "-";

    internal static Outcome<byte[]> Read() => Attempt("standard input", "cannot be read", () =>
    {
        using var stream = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    });

    internal static Outcome<string> Write(Action<Stream> write) => Attempt("standard output", "cannot be written", () =>
    {
        using var stream = Console.OpenStandardOutput();
        write(stream);
        stream.Flush();
        return Dash;
    });

    private static Outcome<T> Attempt<T>(string where, string what, Func<T> attempt)
    {
        try
        {
            return Outcome.Ok(attempt());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return Outcome.Fail<T>(where, $"{what}: {exception.Message.TrimEnd('.')}", "Check where it is redirected to.");
        }
    }
}
