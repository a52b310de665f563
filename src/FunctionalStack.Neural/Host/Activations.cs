using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>An activation as a type argument, so that a kernel's inner loop holds its arithmetic and no choice. NaN stays NaN in all of them.</summary>
internal interface IActivation
{
    /// <summary>
    /// Whether it never falls: a max pooling may then compare u itself. The winner's the same, or has a slope of 0 (or one
    /// that float32 can't tell from the first's) where activations tie.
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

    // Not Max(u, 0): this keeps a NaN on every machine and is two instructions.
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
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> => L.IfGreater(u, L.Zero, g, L.Multiply(g, slope));
}

internal readonly struct SigmoidActivation : IActivation
{
    public static bool Increasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V> => Elementary.Sigmoid<V, L>(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> => L.Multiply(g, Elementary.SigmoidSlope<V, L>(u));
}

internal readonly struct TanhActivation : IActivation
{
    public static bool Increasing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V, L>(V u, V slope) where V : struct where L : struct, ILanes<V> => Elementary.Tanh<V, L>(u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Back<V, L>(V u, V g, V slope) where V : struct where L : struct, ILanes<V> => L.Multiply(g, Elementary.TanhSlope<V, L>(u));
}
