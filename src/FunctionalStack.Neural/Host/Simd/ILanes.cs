namespace FunctionalStack.Neural.Host;

/// <summary>
/// A SIMD width: <see cref="Count"/> float32 lanes in a vector of type <typeparamref name="V"/>. Kernels are written once over
/// it. The JIT compiles them for each struct type argument, with every call inlined.
/// </summary>
internal unsafe interface ILanes<V> where V : struct
{
    static abstract int Count { get; }

    /// <summary>Rows of a register tile that is two vectors wide: accumulators, two operands and a broadcast fill the registers.</summary>
    static abstract int TileRows { get; }

    static abstract V Zero { get; }

    static abstract V Load(float* from);

    static abstract void Store(float* to, V value);

    static abstract V Broadcast(float value);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    static abstract V Sqrt(V a);

    static abstract V Max(V a, V b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>Per lane: <paramref name="yes"/> where a &gt; b, else <paramref name="no"/>.</summary>
    static abstract V IfGreater(V a, V b, V yes, V no);

    /// <summary>2 to the power of an integer from -126 to 127.</summary>
    static abstract V PowerOfTwo(V whole);

    /// <summary>1.5 x 2^23 + 127: added to an integer, the lowest 8 bits of the sum are the exponent of that power of two.</summary>
    const float ExponentInLowBits = 12583039f;
}
