using Xunit;

namespace FunctionalStack.Laws;

/// <summary>The repository that the tests were built from, and the reference data beside it.</summary>
public static class Repository
{
    /// <summary>The folder of FunctionalStack.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder under <c>../shared/data</c>, which a clone need not have: tests that need it are a
    /// <see cref="SharedFactAttribute"/>.</summary>
    public static string Shared(string name) => Path.Combine(Root, "..", "shared", "data", name);

    /// <summary>A file of the repository as text, with line feeds as line ends.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Why a test that needs these files is skipped; null where all are there.</summary>
    internal static string? Lacks(string[] names) =>
        names.FirstOrDefault(name => !Path.Exists(Shared(name))) is { } absent ? $"the shared data folder has no {absent}" : null;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FunctionalStack.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds FunctionalStack.sln");
    }
}

/// <summary>A test on reference data: skipped where a file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(params string[] names) => Skip = Repository.Lacks(names);
}

/// <summary>The same with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute(params string[] names) => Skip = Repository.Lacks(names);
}
