using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>One optimizer step; every element is loaded and stored once. One item is eight parameters.</summary>
internal readonly struct UpdateParameters(
    UpdateRule rule, int length, ArrayView<float> parameters, ArrayView<float> gradients, ArrayView<float> mu, ArrayView<float> nu,
    ArrayView<float> guard, int withGuard) : IEach
{
    private readonly int kind = (int)rule.Kind;
    private readonly float rate = rule.Rate, b1 = rule.Beta1, b2 = rule.Beta2, epsilon = rule.Epsilon, penalty = rule.Penalty,
        decay = rule.Decay;

    public void Do(int item)
    {
        if (withGuard != 0 && !Elementary.IsFinite(guard[0])) return;
        var at = item * F8.Count;
        var count = length - at;
        var p = F8.Load(parameters, at, count);
        var g = F8.Fma(penalty, p, F8.Load(gradients, at, count));
        p = F8.Fma(-decay, p, p);
        if (kind == (int)UpdateKind.Plain)
        {
            F8.Fma(-rate, g, p).Store(parameters, at, count);
            return;
        }

        if (kind == (int)UpdateKind.Momentum | kind == (int)UpdateKind.Nesterov)
        {
            var velocity = F8.Fma(b1, F8.Load(mu, at, count), -rate * g);
            velocity.Store(mu, at, count);
            (p + (kind == (int)UpdateKind.Momentum ? velocity : F8.Fma(b1, velocity, -rate * g))).Store(parameters, at, count);
            return;
        }

        var squares = F8.Fma(b2, F8.Load(nu, at, count), (1f - b2) * g * g);
        squares.Store(nu, at, count);
        if (kind == (int)UpdateKind.Adam)
        {
            g = F8.Fma(b1, F8.Load(mu, at, count), (1f - b1) * g);
            g.Store(mu, at, count);
        }

        (p - rate * g * F8.Apply<Reciprocal>(F8.Apply<Root>(squares) + F8.Of(epsilon))).Store(parameters, at, count);
    }
}

internal readonly struct Root : IFunction
{
    public static float Of(float x) => MathF.Sqrt(x);
}

internal readonly struct Reciprocal : IFunction
{
    public static float Of(float x) => 1f / x;
}
