using ILGPU;

namespace FunctionalStack.Gpu.Registers;

/// <summary>A run of numbers in registers, as wide as a tile wants it.</summary>
internal interface IRun<T> where T : struct, IRun<T>
{
    /// <summary>Numbers in it.</summary>
    static abstract int Width { get; }

    static abstract T Zero { get; }

    static abstract T Load(ArrayView<float> from, int at);

    /// <summary>The first <paramref name="count"/> numbers, 0 behind them.</summary>
    static abstract T Load(ArrayView<float> from, int at, int count);

    static abstract T operator +(T a, T b);

    /// <summary>a * b + c, fused where the device can.</summary>
    static abstract T Fma(float a, T b, T c);

    /// <summary>Stores the first <paramref name="count"/> numbers.</summary>
    void Store(ArrayView<float> to, int at, int count);
}
