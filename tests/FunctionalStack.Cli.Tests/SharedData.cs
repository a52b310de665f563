using Xunit.Abstractions;

namespace FunctionalStack.Cli.Tests;

/// <summary>Finds data folders that exist beside the repository on some machines.</summary>
internal static class SharedData
{
    /// <summary>The folder's path, or null with a note in the test's output.</summary>
    public static string? Find(string name, ITestOutputHelper log)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "FunctionalStack.sln"))) continue;
            var path = Path.Combine(folder.FullName, "..", "shared", "data", name);
            if (Directory.Exists(path)) return path;
        }

        log.WriteLine($"skipped: no {name} beside the repository");
        return null;
    }
}
