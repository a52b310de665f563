using Xunit.Abstractions;

namespace FunctionalStack.IO.Tests;

/// <summary>Data files beside the repository on some machines, which are never part of it.</summary>
internal static class SharedData
{
    /// <summary>The file's path, or null with a note in the test's output.</summary>
    public static string? Find(string name, ITestOutputHelper output)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "FunctionalStack.sln"))) continue;
            var path = Path.Combine(folder.FullName, "..", "shared", "data", name);
            if (File.Exists(path)) return path;
        }

        output.WriteLine($"skipped: {name} is not on this machine");
        return null;
    }
}
