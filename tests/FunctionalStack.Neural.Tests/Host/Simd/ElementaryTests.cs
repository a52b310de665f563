using System.Runtime.Intrinsics;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host.Simd;

/// <summary>The error bounds of Elementary, over arguments of all sizes, and the limits of the range.</summary>
public sealed unsafe class ElementaryTests
{
    private const double Stated = 3e-7;
    private const double SmallestNormal = 1.1754944e-38;

    private delegate V Function<V>(V x);

    [Fact]
    public void Exponential() =>
        All(Elementary.Exp<Vector128<float>, Lanes128>, Elementary.Exp<Vector512<float>, Lanes512>, Elementary.Exp<float, Lanes32>,
            Math.Exp);

    [Fact]
    public void Sigmoid() => All(
        Elementary.Sigmoid<Vector128<float>, Lanes128>, Elementary.Sigmoid<Vector512<float>, Lanes512>, Elementary.Sigmoid<float, Lanes32>,
            x => 1 / (1 + Math.Exp(-x)));

    [Fact]
    public void Hyperbolic_tangent() => All(
        Elementary.Tanh<Vector128<float>, Lanes128>, Elementary.Tanh<Vector512<float>, Lanes512>, Elementary.Tanh<float, Lanes32>,
            Math.Tanh);

    // Past 350, e^x in the denominator overflows double precision: 0, as it should be.
    [Fact]
    public void Slope_of_the_sigmoid() => All(
        Elementary.SigmoidSlope<Vector128<float>, Lanes128>, Elementary.SigmoidSlope<Vector512<float>, Lanes512>,
        Elementary.SigmoidSlope<float, Lanes32>,
        x => 1 / (2 + Math.Exp(x) + Math.Exp(-x)), 2);

    [Fact]
    public void Slope_of_the_hyperbolic_tangent() => All(
        Elementary.TanhSlope<Vector128<float>, Lanes128>, Elementary.TanhSlope<Vector512<float>, Lanes512>,
        Elementary.TanhSlope<float, Lanes32>,
        x => 4 / (2 + Math.Exp(2 * (double)x) + Math.Exp(-2 * (double)x)), 2);

    [Fact]
    public void Ends_of_the_range()
    {
        Assert.Equal(1f, Elementary.Exp<float, Lanes32>(0));
        Assert.Equal(float.PositiveInfinity, Elementary.Exp<float, Lanes32>(88.8f));
        Assert.Equal(float.PositiveInfinity, Elementary.Exp<float, Lanes32>(float.PositiveInfinity));
        Assert.Equal(0f, Elementary.Exp<float, Lanes32>(-104.1f));
        Assert.Equal(0f, Elementary.Exp<float, Lanes32>(float.NegativeInfinity));
        Assert.Equal(0f, Elementary.Sigmoid<float, Lanes32>(float.NegativeInfinity));
        Assert.Equal(1f, Elementary.Sigmoid<float, Lanes32>(float.PositiveInfinity));
        Assert.Equal(-1f, Elementary.Tanh<float, Lanes32>(float.NegativeInfinity));
        Assert.Equal(1f, Elementary.Tanh<float, Lanes32>(float.PositiveInfinity));
    }

    // Every 16,001st of all float32 numbers, 16 neighbours in the order of their bits at a time.
    private static void All(Function<Vector128<float>> four, Function<Vector512<float>> sixteen, Function<float> one,
        Func<double, double> exact, double times = 1)
    {
        var arguments = stackalloc float[16];
        var found = stackalloc float[16];
        for (var bits = 0L; bits <= uint.MaxValue; bits += 16 * 16001)
        {
            for (var i = 0; i < 16; i++) arguments[i] = BitConverter.UInt32BitsToSingle((uint)(bits + i * 16001));
            sixteen(Vector512.Load(arguments)).Store(found);
            for (var i = 0; i < 16; i += 4) Same(four(Vector128.Load(arguments + i)), Vector128.Load(found + i), arguments[i]);
            for (var i = 0; i < 16; i++)
            {
                Same(Vector128.CreateScalar(one(arguments[i])), Vector128.CreateScalar(found[i]), arguments[i]);
                Near(arguments[i], exact(arguments[i]), found[i], times * Stated);
            }
        }
    }

    private static void Near(float x, double exact, float found, double bound)
    {
        if (double.IsNaN(exact)) Assert.True(float.IsNaN(found), $"of {x}: {found}");
        else if (Math.Abs(exact) > float.MaxValue) Assert.Equal((float)exact, found);
        else Assert.True(Math.Abs(found - exact) <= Math.Max(bound * Math.Abs(exact), Subnormal(exact)),
            $"of {x}: expected {exact}, found {found}");
    }

    // Below the normal range the only requirement is that the result is there too; sigmoid's is 0, since e^-x overflows.
    private static double Subnormal(double exact) => Math.Abs(exact) < SmallestNormal ? SmallestNormal : 0;

    private static void Same(Vector128<float> a, Vector128<float> b, float x)
    {
        for (var i = 0; i < 4; i++) Assert.True(a[i].Equals(b[i]), $"near {x}: {a[i]} and {b[i]} at different widths");
    }
}
