using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text;

namespace FunctionalStack;

/// <summary>
/// Identifies the code of a fit: the builds of an assembly and its dependencies, the runtime, and the processor's vector
/// widths, which determine the order of sums. Another build may give other bits.
/// </summary>
internal static class CodeVersion
{
    private static readonly ConcurrentDictionary<Assembly, string> known = new();

    public static string Of(Assembly assembly) => known.GetOrAdd(assembly, root =>
    {
        var found = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
        Visit(root);
        var text = string.Join('\n', found.Select(pair => $"{pair.Key} {pair.Value}").Append(Machine));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

        void Visit(Assembly at)
        {
            if (!found.TryAdd(at.FullName!, at.ManifestModule.ModuleVersionId)) return;
            foreach (var name in at.GetReferencedAssemblies().Where(name => !IsRuntime(name.Name!)))
            {
                if (Loaded(at, name) is { } used) Visit(used);
            }
        }
    });

    private static string Machine =>
        $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.ProcessArchitecture} {Vector512.IsHardwareAccelerated} "
            + $"{Vector256.IsHardwareAccelerated} {Vector128.IsHardwareAccelerated}";

    private static bool IsRuntime(string name) =>
        name is "System" or "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.", StringComparison.Ordinal);

    // A plugin's dependencies lie next to it, where only its own load context finds them.
    private static Assembly? Loaded(Assembly by, AssemblyName name)
    {
        try
        {
            return (AssemblyLoadContext.GetLoadContext(by) ?? AssemblyLoadContext.Default).LoadFromAssemblyName(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            // An assembly that cannot be found cannot run.
            return null;
        }
    }
}
