using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>An activation as a type argument, so that a kernel's inner loop has its arithmetic without a branch. All of them propagate
/// NaN.</summary>
internal interface IActivation
{
    /// <summary>
    /// Whether it is non-decreasing. Max pooling may then compare u itself: the winner is the same, or where activations tie its
    /// slope is 0 (or is equal to the first's in float32).
    /// </summary>
    static abstract bool Increasing { get; }

    /// <summary>activation(u).</summary>
    static abstract V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V>;

    /// <summary>g * activation'(u).</summary>
    static abstract V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V>;
}

internal readonly struct IdentityActivation : IActivation
{
    public static bool Increasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V> => u;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> => g;
}

internal readonly struct ReLUActivation : IActivation
{
    public static bool Increasing => true;

    // Not Max(u, 0): this propagates NaN on every machine and takes two instructions.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V> => L.IfGreater(L.Zero, u, L.Zero, u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> => L.IfGreater(u, L.Zero, g, L.Zero);
}

internal readonly struct LeakyReLUActivation : IActivation
{
    // A negative slope is allowed.
    public static bool Increasing => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V> => L.IfGreater(u, L.Zero, u, L.Multiply(u, slope));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> =>
        L.IfGreater(u, L.Zero, g, L.Multiply(g, slope));
}

internal readonly struct SigmoidActivation : IActivation
{
    public static bool Increasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V> => Elementary.Sigmoid<V, L>(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> =>
        L.Multiply(g, Elementary.SigmoidSlope<V, L>(u));
}

internal readonly struct TanhActivation : IActivation
{
    public static bool Increasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V> => Elementary.Tanh<V, L>(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> =>
        L.Multiply(g, Elementary.TanhSlope<V, L>(u));
}
