using System.Reflection;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace FunctionalStack.Gpu.Registers;

/// <summary>
/// The fused multiply-add. ILGPU has no word for it in a kernel, and its OpenCL code puts products and sums in statements
/// of their own, where a compiler may not fuse them: that would halve what a processor can do. So on OpenCL a call of
/// <see cref="MultiplyAdd"/> is written as the language's own fma. PTX's plain mul and add are fused by NVIDIA's assembler.
/// </summary>
internal static class Fused
{
    /// <summary>a * b + c.</summary>
    [IntrinsicImplementation]
    public static float MultiplyAdd(float a, float b, float c) => a * b + c;

    /// <summary>Tells a context how to write it for OpenCL.</summary>
    public static Context.Builder FusedMultiplyAdd(this Context.Builder builder)
    {
        builder.GetIntrinsicManager().RegisterMethod(
            typeof(Fused).GetMethod(nameof(MultiplyAdd))!,
            new CLIntrinsic(typeof(Fused), nameof(WriteOpenCL), IntrinsicImplementationMode.GenerateCode));
        return builder;
    }

    private static void WriteOpenCL(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var target = generator.Allocate(value);
        using var statement = generator.BeginStatement(target);
        statement.Append(generator.Load(call[0]));
        statement.AppendCommand(" * ");
        statement.Append(generator.Load(call[1]));
        statement.AppendCommand(" + ");
        statement.Append(generator.Load(call[2]));
    }
}
