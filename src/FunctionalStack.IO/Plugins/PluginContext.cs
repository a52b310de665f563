using System.Reflection;
using System.Runtime.Loader;

namespace FunctionalStack.IO;

/// <summary>
/// A plugin's assembly with the assemblies beside it. Assemblies that this process has already are shared, above all the library,
/// so that a plugin's learners are this process's <see cref="ILearner"/>s.
/// </summary>
internal sealed class PluginContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver beside;

    /// <exception cref="BadImageFormatException">The file is not an assembly.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public PluginContext(string path)
    {
        var file = Path.GetFullPath(path);
        beside = new(file);
        Main = LoadFromAssemblyPath(file);
    }

    /// <summary>The assembly of the file.</summary>
    public Assembly Main { get; }

    protected override Assembly? Load(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(name);
        }
        catch (FileNotFoundException)
        {
            return beside.ResolveAssemblyToPath(name) is { } file ? LoadFromAssemblyPath(file) : null;
        }
    }

    protected override nint LoadUnmanagedDll(string name) =>
        beside.ResolveUnmanagedDllToPath(name) is { } file ? LoadUnmanagedDllFromPath(file) : 0;
}
