namespace FunctionalStack.IO.Tests;

/// <summary>A folder that is deleted after its test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("functionalstack-tests-");

    public string Path => folder.FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => folder.Delete(recursive: true);
}
