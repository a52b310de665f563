using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using FunctionalStack.IO;

namespace FunctionalStack.Cluster;

/// <summary>The identity of a node: the build of the library, the runtime, the vector widths of the processor, and known sums. Nodes of
/// one identity fit the same bits.</summary>
public static class NodeIdentity
{
    // Enough to distinguish builds in messages and names.
    private const int Length = 12;

    /// <summary>The identity of this process, in hexadecimal.</summary>
    public static string Here { get; } = Of(CodeVersion.Of(typeof(ModelFile).Assembly), FloatingPoint.Probe());

    /// <summary>The identity of this process with what it consists of, for messages.</summary>
    public static string Description { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Here} (fstack {typeof(NodeIdentity).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription} "
            + $"{RuntimeInformation.ProcessArchitecture}, vectors of {8 * Vector<byte>.Count} bits, "
            + $"sums {Of("", FloatingPoint.Probe())[..6]})");

    internal static string Of(string code, string sums) => Wire.Blob.DigestOf(Encoding.UTF8.GetBytes($"{code} {sums}"))[..Length];
}
