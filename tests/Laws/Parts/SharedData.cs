namespace FunctionalStack.Laws;

/// <summary>Reference data that lies beside the repository on some machines; tests that want it skip where it is absent.</summary>
public static class SharedData
{
    /// <summary>The path of a file under <c>../shared/data</c>, seen from the repository; null where there is none.</summary>
    public static string? Find(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "FunctionalStack.sln"))) root = root.Parent;
        var path = root is null ? null : Path.Combine(root.FullName, "..", "shared", "data", name);
        return File.Exists(path) ? path : null;
    }
}
