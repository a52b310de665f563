namespace FunctionalStack.Fuzz.Tests;

/// <summary>Inputs of parsers that read files only.</summary>
internal static class TemporaryFile
{
    /// <summary>What is read from a file with these bytes, which is deleted.</summary>
    public static T Read<T>(byte[] bytes, Func<string, T> read)
    {
        var path = Path.Combine(Path.GetTempPath(), $"fstack-fuzz-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        try
        {
            File.WriteAllBytes(path, bytes);
            return read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
