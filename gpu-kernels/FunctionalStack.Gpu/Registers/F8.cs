using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu.Registers;

/// <summary>
/// Eight float32 values in registers, as separate fields: ILGPU does not unroll loops and places an array indexed by a loop in
/// local memory. Compilers use loads of 16 or 32 bytes and vector instructions for it.
/// </summary>
internal struct F8 : IRun<F8>
{
    public const int Count = 8;

    public static int Width => Count;

    public static F8 Zero => Of(0);

    public float X0, X1, X2, X3, X4, X5, X6, X7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public F8(float x0, float x1, float x2, float x3, float x4, float x5, float x6, float x7)
    {
        X0 = x0;
        X1 = x1;
        X2 = x2;
        X3 = x3;
        X4 = x4;
        X5 = x5;
        X6 = x6;
        X7 = x7;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Of(float x) => new(x, x, x, x, x, x, x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Of(F4 low, F4 high) => new(low.X, low.Y, low.Z, low.W, high.X, high.Y, high.Z, high.W);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Load(ArrayView<float> from, int at)
    {
        // The CPU accelerator checks bounds at every access: here once for all eight.
        if (Accelerator.CurrentType == AcceleratorType.CPU) return Unsafe.As<float, F8>(ref from[at]);
        return new(from[at + 0], from[at + 1], from[at + 2], from[at + 3], from[at + 4], from[at + 5], from[at + 6], from[at + 7]);
    }

    /// <summary>The first <paramref name="count"/> values, then 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Load(ArrayView<float> from, int at, int count)
    {
        if (count >= Count) return IsWide(at) ? Quads(from, at) : Load(from, at);
        var x = Of(0);
        if (count > 0) x.X0 = from[at + 0];
        if (count > 1) x.X1 = from[at + 1];
        if (count > 2) x.X2 = from[at + 2];
        if (count > 3) x.X3 = from[at + 3];
        if (count > 4) x.X4 = from[at + 4];
        if (count > 5) x.X5 = from[at + 5];
        if (count > 6) x.X6 = from[at + 6];
        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ArrayView<float> to, int at)
    {
        to[at + 0] = X0;
        to[at + 1] = X1;
        to[at + 2] = X2;
        to[at + 3] = X3;
        to[at + 4] = X4;
        to[at + 5] = X5;
        to[at + 6] = X6;
        to[at + 7] = X7;
    }

    /// <summary>Stores the first <paramref name="count"/> values.</summary>
    public readonly void Store(ArrayView<float> to, int at, int count)
    {
        if (count >= Count)
        {
            if (IsWide(at)) StoreQuads(to, at);
            else Store(to, at);
            return;
        }

        if (count > 0) to[at + 0] = X0;
        if (count > 1) to[at + 1] = X1;
        if (count > 2) to[at + 2] = X2;
        if (count > 3) to[at + 3] = X3;
        if (count > 4) to[at + 4] = X4;
        if (count > 5) to[at + 5] = X5;
        if (count > 6) to[at + 6] = X6;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 operator +(F8 a, F8 b) =>
        new(a.X0 + b.X0, a.X1 + b.X1, a.X2 + b.X2, a.X3 + b.X3, a.X4 + b.X4, a.X5 + b.X5, a.X6 + b.X6, a.X7 + b.X7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 operator -(F8 a, F8 b) =>
        new(a.X0 - b.X0, a.X1 - b.X1, a.X2 - b.X2, a.X3 - b.X3, a.X4 - b.X4, a.X5 - b.X5, a.X6 - b.X6, a.X7 - b.X7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 operator *(F8 a, F8 b) =>
        new(a.X0 * b.X0, a.X1 * b.X1, a.X2 * b.X2, a.X3 * b.X3, a.X4 * b.X4, a.X5 * b.X5, a.X6 * b.X6, a.X7 * b.X7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 operator *(float a, F8 b) => new(a * b.X0, a * b.X1, a * b.X2, a * b.X3, a * b.X4, a * b.X5, a * b.X6, a * b.X7);

    /// <summary>a * b + c; fused if the device supports it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Fma(float a, F8 b, F8 c) =>
        new(Fused.MultiplyAdd(a, b.X0, c.X0), Fused.MultiplyAdd(a, b.X1, c.X1), Fused.MultiplyAdd(a, b.X2, c.X2),
            Fused.MultiplyAdd(a, b.X3, c.X3), Fused.MultiplyAdd(a, b.X4, c.X4), Fused.MultiplyAdd(a, b.X5, c.X5),
            Fused.MultiplyAdd(a, b.X6, c.X6), Fused.MultiplyAdd(a, b.X7, c.X7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Fma(F8 a, F8 b, F8 c) =>
        new(Fused.MultiplyAdd(a.X0, b.X0, c.X0), Fused.MultiplyAdd(a.X1, b.X1, c.X1), Fused.MultiplyAdd(a.X2, b.X2, c.X2),
            Fused.MultiplyAdd(a.X3, b.X3, c.X3), Fused.MultiplyAdd(a.X4, b.X4, c.X4), Fused.MultiplyAdd(a.X5, b.X5, c.X5),
            Fused.MultiplyAdd(a.X6, b.X6, c.X6), Fused.MultiplyAdd(a.X7, b.X7, c.X7));

    /// <summary>Per lane: x where a > b, else y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 IfGreater(F8 a, F8 b, F8 x, F8 y) =>
        new(a.X0 > b.X0 ? x.X0 : y.X0, a.X1 > b.X1 ? x.X1 : y.X1, a.X2 > b.X2 ? x.X2 : y.X2, a.X3 > b.X3 ? x.X3 : y.X3,
            a.X4 > b.X4 ? x.X4 : y.X4, a.X5 > b.X5 ? x.X5 : y.X5, a.X6 > b.X6 ? x.X6 : y.X6, a.X7 > b.X7 ? x.X7 : y.X7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static F8 Apply<TFunction>(F8 x) where TFunction : struct, IFunction =>
        new(TFunction.Of(x.X0), TFunction.Of(x.X1), TFunction.Of(x.X2), TFunction.Of(x.X3), TFunction.Of(x.X4), TFunction.Of(x.X5),
            TFunction.Of(x.X6), TFunction.Of(x.X7));

    // CUDA loads 16 bytes at once if the alignment is declared, and every fourth element of an arena is aligned. Other compilers
    // detect it. The kind of device is known when a kernel is compiled.
    private static bool IsWide(int at) => Accelerator.CurrentType == AcceleratorType.Cuda && (at & 3) == 0;

    private static F8 Quads(ArrayView<float> from, int at)
    {
        var quads = from.SubView(at, Count).AsAligned(16).Cast<F4>();
        return Of(quads[0], quads[1]);
    }

    private readonly void StoreQuads(ArrayView<float> to, int at)
    {
        var quads = to.SubView(at, Count).AsAligned(16).Cast<F4>();
        F4 quad;
        (quad.X, quad.Y, quad.Z, quad.W) = (X0, X1, X2, X3);
        quads[0] = quad;
        (quad.X, quad.Y, quad.Z, quad.W) = (X4, X5, X6, X7);
        quads[1] = quad;
    }

    public readonly float Sum() => ((X0 + X1) + (X2 + X3)) + ((X4 + X5) + (X6 + X7));
}

/// <summary>A function of one value, applied per lane.</summary>
internal interface IFunction
{
    static abstract float Of(float x);
}
