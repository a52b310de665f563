using ILGPU;

namespace FunctionalStack.Gpu.Registers;

/// <summary>
/// Transcendental functions in portable float32 arithmetic, the same as the host backend's. The devices' own functions differ,
/// and PTX only has approximate ones. Relative errors are below 3e-7; NaN stays NaN.
/// </summary>
internal static class Elementary
{
    /// <summary>
    /// e^x: x = n ln 2 + r with |r| at most ln(2)/2, ln 2 in two parts (Cody &amp; Waite 1980), and Cephes's polynomial of
    /// e^r. Infinity above 88.73, 0 below -104, subnormal between if the device supports it.
    /// </summary>
    public static float Exp(float x)
    {
        if (x > 90f) x = 90f;
        if (x < -105f) x = -105f;
        var n = Round(x * 1.44269504f);
        var r = n * -0.693359375f + x;
        r = n * 2.12194440e-4f + r;
        var p = 1.9875691500e-4f;
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        p = r * r * p + r + 1f;

        // In two steps, since 2^n alone may be outside the normal range.
        var half = Round(n * 0.5f);
        return p * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>
    /// The natural logarithm of a positive normal number: mantissa between sqrt(1/2) and sqrt(2), and Cephes's polynomial
    /// of mantissa - 1.
    /// </summary>
    public static float Log(float x)
    {
        var bits = (int)Interop.FloatAsInt(x);
        var exponent = (float)((bits >> 23) - 126);
        var m = Interop.IntAsFloat((uint)((bits & 0x007FFFFF) | 0x3F000000));
        if (m < 0.707106781f)
        {
            exponent -= 1f;
            m = m + m;
        }

        m -= 1f;
        var square = m * m;
        var p = 7.0376836292e-2f;
        p = p * m - 1.1514610310e-1f;
        p = p * m + 1.1676998740e-1f;
        p = p * m - 1.2420140846e-1f;
        p = p * m + 1.4249322787e-1f;
        p = p * m - 1.6668057665e-1f;
        p = p * m + 2.0000714765e-1f;
        p = p * m - 2.4999993993e-1f;
        p = p * m + 3.3333331174e-1f;
        var y = m * square * p;
        y = exponent * -2.12194440e-4f + y;
        y = square * -0.5f + y;
        return m + y + exponent * 0.693359375f;
    }

    /// <summary>log(1 + x) for x of at least 0, accurate to a few units in the last place also near 0 (Kahan).</summary>
    public static float Log1P(float x)
    {
        var sum = 1f + x;
        if (sum == 1f) return x;
        return Log(sum) * x / (sum - 1f);
    }

    /// <summary>Whether x is neither NaN nor infinite: x - x is then 0, and otherwise NaN.</summary>
    public static bool IsFinite(float x) => x - x == 0f;

    public static float Abs(float x) => x < 0f ? -x : x;

    private static float PowerOfTwo(float n) => Interop.IntAsFloat((uint)(((int)n + 127) << 23));

    // Rounds to the nearest integer, for magnitudes below 2^22, without rounding modes or instructions that some devices lack.
    private static float Round(float x) => x < 0f ? -(float)(int)(0.5f - x) : (float)(int)(x + 0.5f);
}

internal readonly struct Sigmoid : IFunction
{
    public static float Of(float x) => 1f / (1f + Elementary.Exp(-x));
}

/// <summary>sigmoid'(x) = e / (1 + e)², e = e^-|x|. It keeps its relative accuracy far from 0, where 1 - sigmoid(x) cancels.</summary>
internal readonly struct SigmoidSlope : IFunction
{
    public static float Of(float x)
    {
        var e = Elementary.Exp(-Elementary.Abs(x));
        return e / ((1f + e) * (1f + e));
    }
}

/// <summary>Cephes's odd polynomial below 0.625, 1 - 2 / (e^2|x| + 1) above.</summary>
internal readonly struct Tanh : IFunction
{
    public static float Of(float x)
    {
        var size = Elementary.Abs(x);
        if (size > 0.625f)
        {
            var far = 1f - 2f / (Elementary.Exp(size + size) + 1f);
            return x < 0f ? -far : far;
        }

        var square = x * x;
        var p = -5.70498872745e-3f;
        p = p * square + 2.06390887954e-2f;
        p = p * square - 5.37397155531e-2f;
        p = p * square + 1.33314422036e-1f;
        p = p * square - 3.33332819422e-1f;
        return p * square * x + x;
    }
}

/// <summary>tanh'(x) = 4 e / (1 + e)², e = e^-2|x|.</summary>
internal readonly struct TanhSlope : IFunction
{
    public static float Of(float x) => 4f * SigmoidSlope.Of(x + x);
}
