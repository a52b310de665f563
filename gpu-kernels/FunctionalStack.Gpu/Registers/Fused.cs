using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace FunctionalStack.Gpu.Registers;

/// <summary>
/// The fused multiply-add. ILGPU has no intrinsic for it in kernels, and its OpenCL code puts products and sums in separate
/// statements, which a compiler may not fuse; that would halve the throughput of a processor. So a call of
/// <see cref="MultiplyAdd"/> is emitted as one expression in OpenCL, which its compilers fuse if the device supports it, and as
/// fma.rn in PTX.
/// </summary>
internal static class Fused
{
    /// <summary>a * b + c.</summary>
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => a * b + c;

    /// <summary>Registers the intrinsic with a context.</summary>
    public static Context.Builder Register(Context.Builder builder)
    {
        var (manager, method) = (builder.GetIntrinsicManager(), typeof(Fused).GetMethod(nameof(MultiplyAdd))!);
        manager.RegisterMethod(method, new CLIntrinsic(typeof(Fused), nameof(WriteOpenCL), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(method, new PTXIntrinsic(typeof(Fused), nameof(WritePtx), IntrinsicImplementationMode.GenerateCode));
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

    private static void WritePtx(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var (a, b, c) = (generator.LoadPrimitive(call[0]), generator.LoadPrimitive(call[1]), generator.LoadPrimitive(call[2]));
        var target = generator.AllocateHardware(value);
        using var command = generator.BeginCommand("fma.rn.f32", null);
        command.AppendArgument(target);
        command.AppendArgument(a);
        command.AppendArgument(b);
        command.AppendArgument(c);
    }
}
