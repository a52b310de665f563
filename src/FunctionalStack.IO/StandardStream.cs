using System.Runtime.InteropServices;

namespace FunctionalStack.IO;

/// <summary>Standard input and output instead of files, for the path <c>-</c>.</summary>
public static class StandardStream
{
    /// <summary>The path of standard input and output.</summary>
    public const string Dash = "-";

    internal const string Input = "standard input";
    private const string Unread = "cannot be read";

    // Of fcntl, on Linux and macOS.
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;

    internal static Outcome<byte[]> Read() => Attempt(0, Input, Unread, () =>
    {
        using var stream = Console.OpenStandardInput();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    });

    /// <summary>Standard input, to read with <see cref="Reading"/>.</summary>
    internal static Outcome<Stream> Open() => Attempt(0, Input, Unread, Console.OpenStandardInput);

    /// <summary>The result of a read from standard input.</summary>
    internal static Outcome<T> Reading<T>(Func<T> read) => Attempt(0, Input, Unread, read);

    internal static Outcome<string> Write(Action<Stream> write) => Attempt(1, "standard output", "cannot be written", () =>
    {
        using var stream = Console.OpenStandardOutput();
        write(stream);
        stream.Flush();
        return Dash;
    });

    private static Outcome<T> Attempt<T>(int descriptor, string where, string what, Func<T> attempt)
    {
        if (IsClosed(descriptor)) return Outcome.Fail<T>(where, $"{what}: it is closed", "Redirect it, or give a file.");
        try
        {
            return Outcome.Ok(attempt());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return Outcome.Fail<T>(where, $"{what}: {exception.Message.TrimEnd('.')}", "Check where it is redirected to.");
        }
    }

    // The runtime opens descriptors of its own, which get the numbers of closed standard streams: a read of 0 would then wait for the
    // runtime's own pipe. These are closed on exec, and a stream that the process was started with cannot be.
    private static bool IsClosed(int descriptor) =>
        !OperatingSystem.IsWindows() && Fcntl(descriptor, GetDescriptorFlags) is var flags && (flags < 0 || (flags & CloseOnExec) != 0);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = false)]
    private static extern int Fcntl(int descriptor, int command);
}
