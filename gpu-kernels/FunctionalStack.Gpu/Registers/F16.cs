using ILGPU;

namespace FunctionalStack.Gpu.Registers;

/// <summary>Sixteen float32 values in registers, as two octets. Always whole, because a store with a count would keep compilers from
/// vectorizing it; tiles use it if the number of filters is a multiple of sixteen.</summary>
internal struct F16 : IRun<F16>
{
    private F8 low, high;

    public static int Width => 16;

    public static F16 Zero => Of(F8.Zero, F8.Zero);

    public static F16 Load(ArrayView<float> from, int at) => Of(F8.Load(from, at), F8.Load(from, at + F8.Count));

    public static F16 Load(ArrayView<float> from, int at, int count) => Load(from, at);

    public static F16 operator +(F16 a, F16 b) => Of(a.low + b.low, a.high + b.high);

    public static F16 Fma(float a, F16 b, F16 c) => Of(F8.Fma(a, b.low, c.low), F8.Fma(a, b.high, c.high));

    public readonly void Store(ArrayView<float> to, int at, int count)
    {
        low.Store(to, at);
        high.Store(to, at + F8.Count);
    }

    private static F16 Of(F8 low, F8 high)
    {
        F16 both;
        both.low = low;
        both.high = high;
        return both;
    }
}
