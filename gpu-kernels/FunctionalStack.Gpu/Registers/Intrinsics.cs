using ILGPU;

namespace FunctionalStack.Gpu.Registers;

/// <summary>Kernel intrinsics that ILGPU does not have.</summary>
internal static class Intrinsics
{
    /// <summary>Registers all intrinsics with a context. Kernels do not compile without them.</summary>
    public static Context.Builder KernelIntrinsics(this Context.Builder builder) => TensorCore.Register(Fused.Register(builder));
}
