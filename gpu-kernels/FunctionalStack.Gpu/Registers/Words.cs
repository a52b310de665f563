using ILGPU;

namespace FunctionalStack.Gpu.Registers;

/// <summary>What kernels say that ILGPU has no word for.</summary>
internal static class Words
{
    /// <summary>Tells a context how to write them: without that, kernels do not compile.</summary>
    public static Context.Builder KernelWords(this Context.Builder builder) => MatrixUnit.Register(Fused.Register(builder));
}
