using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// Transcendental functions of vectors. Relative errors are below 3e-7 (about 2.5 units in the last place) for all float32
/// arguments with a normal result, and twice that for the derivatives. NaN stays NaN.
/// </summary>
internal static class Elementary
{
    // Adding and subtracting it rounds to an integer, for magnitudes below 2^22: 1.5 x 2^23.
    private const float Rounder = 12582912f;

    /// <summary>
    /// e^x: x = n ln 2 + r with |r| at most ln(2)/2, ln 2 in two parts (Cody &amp; Waite 1980), and Cephes's polynomial of
    /// e^r. Infinity above 88.73, 0 below -104, subnormal between.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V, L>(V x) where V : struct where L : struct, ILanes<V>
    {
        x = L.IfGreater(x, L.Broadcast(90f), L.Broadcast(90f), x);
        x = L.IfGreater(L.Broadcast(-105f), x, L.Broadcast(-105f), x);
        var n = Round<V, L>(L.Multiply(x, L.Broadcast(1.44269504f)));
        var r = L.Fma(n, L.Broadcast(-0.693359375f), x);
        r = L.Fma(n, L.Broadcast(2.12194440e-4f), r);
        var p = L.Broadcast(1.9875691500e-4f);
        p = L.Fma(p, r, L.Broadcast(1.3981999507e-3f));
        p = L.Fma(p, r, L.Broadcast(8.3334519073e-3f));
        p = L.Fma(p, r, L.Broadcast(4.1665795894e-2f));
        p = L.Fma(p, r, L.Broadcast(1.6666665459e-1f));
        p = L.Fma(p, r, L.Broadcast(5.0000001201e-1f));
        p = L.Add(L.Fma(L.Multiply(r, r), p, r), L.Broadcast(1f));

        // In two steps, since 2^n alone may be outside the normal range.
        var half = Round<V, L>(L.Multiply(n, L.Broadcast(0.5f)));
        return L.Multiply(L.Multiply(p, L.PowerOfTwo(half)), L.PowerOfTwo(L.Subtract(n, half)));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V, L>(V x) where V : struct where L : struct, ILanes<V>
    {
        var one = L.Broadcast(1f);
        return L.Divide(one, L.Add(one, Exp<V, L>(L.Subtract(L.Zero, x))));
    }

    /// <summary>sigmoid'(x) = e / (1 + e)², e = e^-|x|. It keeps its relative accuracy far from 0, where 1 - sigmoid(x) cancels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V SigmoidSlope<V, L>(V x) where V : struct where L : struct, ILanes<V>
    {
        var e = Exp<V, L>(L.Subtract(L.Zero, Abs<V, L>(x)));
        var sum = L.Add(L.Broadcast(1f), e);
        return L.Divide(e, L.Multiply(sum, sum));
    }

    /// <summary>The hyperbolic tangent: Cephes's odd polynomial below 0.625, 1 - 2 / (e^2|x| + 1) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V, L>(V x) where V : struct where L : struct, ILanes<V>
    {
        var size = Abs<V, L>(x);
        var square = L.Multiply(x, x);
        var p = L.Broadcast(-5.70498872745e-3f);
        p = L.Fma(p, square, L.Broadcast(2.06390887954e-2f));
        p = L.Fma(p, square, L.Broadcast(-5.37397155531e-2f));
        p = L.Fma(p, square, L.Broadcast(1.33314422036e-1f));
        p = L.Fma(p, square, L.Broadcast(-3.33332819422e-1f));
        var near = L.Fma(L.Multiply(p, square), x, x);
        var one = L.Broadcast(1f);
        var far = L.Subtract(one, L.Divide(L.Broadcast(2f), L.Add(Exp<V, L>(L.Add(size, size)), one)));
        far = L.IfGreater(L.Zero, x, L.Subtract(L.Zero, far), far);
        return L.IfGreater(size, L.Broadcast(0.625f), far, near);
    }

    /// <summary>tanh'(x) = 4 e / (1 + e)², e = e^-2|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanhSlope<V, L>(V x) where V : struct where L : struct, ILanes<V> =>
        L.Multiply(L.Broadcast(4f), SigmoidSlope<V, L>(L.Add(x, x)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Abs<V, L>(V x) where V : struct where L : struct, ILanes<V> => L.IfGreater(L.Zero, x, L.Subtract(L.Zero, x), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Round<V, L>(V x) where V : struct where L : struct, ILanes<V> =>
        L.Subtract(L.Add(x, L.Broadcast(Rounder)), L.Broadcast(Rounder));
}
