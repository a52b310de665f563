using ILGPU;

namespace FunctionalStack.Gpu.Registers;

/// <summary>A vector of values in registers, with the width of a tile.</summary>
internal interface IRun<T> where T : struct, IRun<T>
{
    /// <summary>The number of values.</summary>
    static abstract int Width { get; }

    static abstract T Zero { get; }

    static abstract T Load(ArrayView<float> from, int at);

    /// <summary>The first <paramref name="count"/> values, then 0.</summary>
    static abstract T Load(ArrayView<float> from, int at, int count);

    static abstract T operator +(T a, T b);

    /// <summary>a * b + c, fused if the device supports it.</summary>
    static abstract T Fma(float a, T b, T c);

    /// <summary>Stores the first <paramref name="count"/> values.</summary>
    void Store(ArrayView<float> to, int at, int count);
}
