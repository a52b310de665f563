using FunctionalStack.Neural;
using FunctionalStack.Onnx;

namespace FunctionalStack;

/// <summary>Reads models of other libraries.</summary>
public static class Imports
{
    /// <inheritdoc cref="OnnxImport.Network(string, EquatableArray{string}, double)"/>
    public static Outcome<NetworkModel> FromOnnx(string path, EquatableArray<string> levels = default, double divisor = 1) =>
        OnnxImport.Network(path, levels, divisor);
}
