using System.Text;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Pages;

namespace FunctionalStack;

/// <summary>A report: one HTML page that needs no other file, no script and no network.</summary>
/// <param name="Title">The title of the page.</param>
/// <param name="Html">The page. Equal runs give equal text, except for measured times and memory.</param>
public sealed record HtmlReport(string Title, string Html)
{
    private const string FileName = "index.html";

    // The generator stands near the start of a page.
    private const int Searched = 1024;

    /// <summary>Writes the page atomically as <c>index.html</c> in <paramref name="folder"/>, which is created if absent. An earlier report
    /// there is replaced.</summary>
    /// <param name="folder">The path of a folder.</param>
    /// <returns>The full path of the file. Fails if the folder cannot be made or written, or if its <c>index.html</c> is not a
    /// report.</returns>
    public Outcome<string> Save(string folder) => Check(folder).Bind(file =>
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Fail<string>(folder, $"cannot be made a folder: {exception.Message.TrimEnd('.')}", "Give another folder.");
        }

        return AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(Html)));
    });

    /// <summary>Fails if <see cref="Save"/> would fail before writing. Use it before expensive work. Nothing is made or changed.</summary>
    /// <param name="folder">The path of a folder.</param>
    /// <returns>The full path of the file.</returns>
    public static Outcome<string> Check(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0'))
            return Outcome.Fail<string>($"'{folder}'", "is not a path", "Give the path of a folder.");
        try
        {
            var (full, file) = (Path.GetFullPath(folder), Path.Combine(Path.GetFullPath(folder), FileName));
            if (File.Exists(full)) return Outcome.Fail<string>(folder, "is a file", "Give the path of a folder.");
            if (Directory.Exists(full))
            {
                return !File.Exists(file) || IsReport(file) ? AtomicFile.Check(file)
                    : Outcome.Fail<string>(file, "exists and is not a report of FunctionalStack", "Give another folder, or move the file.");
            }

            // The first folder above that exists has to take the new one.
            var made = full;
            while (Path.GetDirectoryName(made) is { } above && !Directory.Exists(above) && !File.Exists(above)) made = above;
            return Path.GetDirectoryName(made) is { } parent && File.Exists(parent)
                ? Outcome.Fail<string>(folder, $"cannot be made a folder, since '{parent}' is a file", "Give another folder.")
                : AtomicFile.Check(made).Map(_ => file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Outcome.Fail<string>(folder, $"cannot be used: {exception.Message.TrimEnd('.')}", "Give another folder.");
        }
    }

    /// <summary>The title. The text is in <see cref="Html"/>.</summary>
    public override string ToString() => Title;

    private static bool IsReport(string file)
    {
        using var stream = File.OpenRead(file);
        var start = new byte[Searched];
        var count = stream.ReadAtLeast(start, Searched, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(start, 0, count).Contains($"content=\"{Page.Generator}\"", StringComparison.Ordinal);
    }
}
