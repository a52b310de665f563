using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace FunctionalStack.Gpu.Registers;

/// <summary>A matrix product by the 32 lanes of a warp, each with its fragment of the operands.</summary>
internal interface ITensorCore
{
    /// <summary>a * b + c: 16 x 8 times 8 x 8, with float32 sums.</summary>
    static abstract F4 MultiplyAdd(F4 a, float b0, float b1, F4 c);
}

/// <summary>
/// NVIDIA's tensor cores, compute capability 8.0 or later, for operands in TensorFloat-32: the warp-level PTX instruction
/// mma.m16n8k8 (ISA 7.0). Only kernels for CUDA may use it; it has no implementation elsewhere.
/// </summary>
internal readonly struct TensorCore : ITensorCore
{
    /// <summary>The shape of one instruction: a is rows x depth, b depth x columns.</summary>
    public const int Rows = 16, Columns = 8, Depth = 8;

    // A warp's lanes form eight groups of four, over which the fragments of every operand are distributed.
    private const int Four = 4;

    /// <summary>The row of a lane's elements X and Z of a, and X and Y of the sums. Y and W of a, and Z and W of the sums, are 8 rows
    /// below.</summary>
    public static int RowOf(int lane) => lane / Four;

    /// <summary>The depth of a lane's elements X and Y of a, and of its first of b; the others are 4 deeper.</summary>
    public static int DepthOf(int lane) => lane % Four;

    /// <summary>The column of a lane's elements of b.</summary>
    public static int ColumnOf(int lane) => lane / Four;

    /// <summary>The column of a lane's sums X and Z; Y and W are in the next column.</summary>
    public static int SumColumnOf(int lane) => lane % Four * 2;

    /// <summary>The value rounded to TensorFloat-32, ties away from zero. The instruction itself truncates its operands.</summary>
    public static float Rounded(float x) => Interop.IntAsFloat(Round(x));

    /// <inheritdoc cref="ITensorCore.MultiplyAdd"/>
    /// <remarks><paramref name="a"/>, <paramref name="b0"/>, <paramref name="b1"/> rounded.</remarks>
    public static F4 MultiplyAdd(F4 a, float b0, float b1, F4 c) => MultiplyAdd(
        Interop.FloatAsInt(a.X), Interop.FloatAsInt(a.Y), Interop.FloatAsInt(a.Z), Interop.FloatAsInt(a.W), Interop.FloatAsInt(b0),
            Interop.FloatAsInt(b1), c);

    // PTX passes the operands as bits: the instruction accepts no float registers for them.
    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint Round(float x) => throw new NotSupportedException();

    [IntrinsicImplementation]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static F4 MultiplyAdd(uint a0, uint a1, uint a2, uint a3, uint b0, uint b1, F4 c) => throw new NotSupportedException();

    /// <summary>Registers the intrinsics with a context.</summary>
    public static Context.Builder Register(Context.Builder builder)
    {
        var manager = builder.GetIntrinsicManager();
        manager.RegisterMethod(((Func<float, uint>)Round).Method,
            new PTXIntrinsic(typeof(TensorCore), nameof(WriteRound), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(
            ((Func<uint, uint, uint, uint, uint, uint, F4, F4>)MultiplyAdd).Method,
                new PTXIntrinsic(typeof(TensorCore), nameof(WriteMultiplyAdd), IntrinsicImplementationMode.GenerateCode));
        return builder;
    }

    private static void WriteRound(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var x = generator.LoadPrimitive(((MethodCall)value)[0]);
        var target = generator.AllocateHardware(value);
        using var command = generator.BeginCommand("cvt.rna.tf32.f32", null);
        command.AppendArgument(target);
        command.AppendArgument(x);
    }

    private static void WriteMultiplyAdd(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        var call = (MethodCall)value;
        var target = Parts(generator.Allocate(value));
        var c = Parts(generator.Load(call[6]));
        using var command = generator.BeginCommand("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32", null);
        command.AppendVectorArgument(target);
        command.AppendVectorArgument([Bits(0), Bits(1), Bits(2), Bits(3)]);
        command.AppendVectorArgument([Bits(4), Bits(5)]);
        command.AppendVectorArgument(c);

        PTXRegisterAllocator.PrimitiveRegister Bits(int argument) => generator.LoadPrimitive(call[argument]);
    }

    private static PTXRegisterAllocator.PrimitiveRegister[] Parts(PTXRegisterAllocator.Register register) =>
        [.. ((PTXRegisterAllocator.CompoundRegister)register).Children.Cast<PTXRegisterAllocator.PrimitiveRegister>()];
}
