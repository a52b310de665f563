using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? mu, Slice? nu, Slice? guard)
    {
        if (guard is { } loss && !float.IsFinite(*At(loss))) return;
        pool.Run(Chunks.Of(parameters.Length), new UpdateWork(
            rule, parameters.Length, At(parameters), At(gradients), mu is { } m ? At(m) : null, nu is { } n ? At(n) : null));
    }

    /// <summary>One pass over memory: every element is loaded and stored once.</summary>
    private readonly struct UpdateWork(UpdateRule rule, int length, float* p, float* g, float* mu, float* nu) : IWork
    {
        public void Do(int item, int worker)
        {
            var (start, end) = (item * Chunks.Size, Chunks.End(item, length));
            switch (rule.Kind)
            {
                case UpdateKind.Plain: Run<PlainStep>(start, end); break;
                case UpdateKind.Momentum: Run<MomentumStep>(start, end); break;
                case UpdateKind.Nesterov: Run<NesterovStep>(start, end); break;
                case UpdateKind.Adam: Run<AdamStep>(start, end); break;
                case UpdateKind.RmsProp: Run<RmsPropStep>(start, end); break;
                default: throw new ArgumentOutOfRangeException(nameof(rule), rule.Kind, "Not an update rule.");
            }
        }

        private void Run<S>(int start, int end) where S : struct, IStep
        {
            var factors = new Factors(rule);
            var i = start;
            for (; i <= end - L.Count; i += L.Count) Step<S>(factors, p + i, g + i, mu + i, nu + i);
            if (i == end) return;

            // The remaining elements are padded to a full vector, so that the same arithmetic is used.
            var rest = stackalloc float[4 * L.Count];
            new Span<float>(rest, 4 * L.Count).Clear();
            float* atG = rest + L.Count, atMu = rest + 2 * L.Count, atNu = rest + 3 * L.Count;
            var size = end - i;
            Copy(p + i, rest, size);
            Copy(g + i, atG, size);
            if (S.UsesMu) Copy(mu + i, atMu, size);
            if (S.UsesNu) Copy(nu + i, atNu, size);
            Step<S>(factors, rest, atG, atMu, atNu);
            Copy(rest, p + i, size);
            if (S.UsesMu) Copy(atMu, mu + i, size);
            if (S.UsesNu) Copy(atNu, nu + i, size);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Step<S>(in Factors factors, float* p, float* g, float* mu, float* nu) where S : struct, IStep
        {
            var parameter = L.Load(p);
            var gradient = L.Fma(factors.Penalty, parameter, L.Load(g));
            var nextMu = S.UsesMu ? L.Load(mu) : L.Zero;
            var nextNu = S.UsesNu ? L.Load(nu) : L.Zero;
            var step = S.Step(factors, gradient, ref nextMu, ref nextNu);
            L.Store(p, L.Add(L.Fma(factors.MinusDecay, parameter, parameter), step));
            if (S.UsesMu) L.Store(mu, nextMu);
            if (S.UsesNu) L.Store(nu, nextNu);
        }

        private static void Copy(float* from, float* to, int size) => new ReadOnlySpan<float>(from, size).CopyTo(new(to, size));
    }

    /// <summary>The hyperparameters of a rule, broadcast to every lane.</summary>
    private readonly struct Factors(UpdateRule rule)
    {
        public readonly V MinusRate = L.Broadcast(-rule.Rate);
        public readonly V Beta1 = L.Broadcast(rule.Beta1);
        public readonly V OneMinusBeta1 = L.Broadcast(1 - rule.Beta1);
        public readonly V Beta2 = L.Broadcast(rule.Beta2);
        public readonly V OneMinusBeta2 = L.Broadcast(1 - rule.Beta2);
        public readonly V Epsilon = L.Broadcast(rule.Epsilon);
        public readonly V Penalty = L.Broadcast(rule.Penalty);
        public readonly V MinusDecay = L.Broadcast(-rule.Decay);
    }

    /// <summary>The change of the parameters, and the new content of the buffers.</summary>
    private interface IStep
    {
        static abstract bool UsesMu { get; }

        static abstract bool UsesNu { get; }

        static abstract V Step(in Factors factors, V gradient, ref V mu, ref V nu);
    }

    private readonly struct PlainStep : IStep
    {
        public static bool UsesMu => false;

        public static bool UsesNu => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V mu, ref V nu) => L.Multiply(factors.MinusRate, gradient);
    }

    private readonly struct MomentumStep : IStep
    {
        public static bool UsesMu => true;

        public static bool UsesNu => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V mu, ref V nu) =>
            mu = L.Fma(factors.Beta1, mu, L.Multiply(factors.MinusRate, gradient));
    }

    private readonly struct NesterovStep : IStep
    {
        public static bool UsesMu => true;

        public static bool UsesNu => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V mu, ref V nu)
        {
            var change = L.Multiply(factors.MinusRate, gradient);
            mu = L.Fma(factors.Beta1, mu, change);
            return L.Fma(factors.Beta1, mu, change);
        }
    }

    private readonly struct AdamStep : IStep
    {
        public static bool UsesMu => true;

        public static bool UsesNu => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V mu, ref V nu)
        {
            mu = L.Fma(factors.Beta1, mu, L.Multiply(factors.OneMinusBeta1, gradient));
            nu = Decayed(factors, gradient, nu);
            return Scaled(factors, mu, nu);
        }
    }

    private readonly struct RmsPropStep : IStep
    {
        public static bool UsesMu => false;

        public static bool UsesNu => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V mu, ref V nu)
        {
            nu = Decayed(factors, gradient, nu);
            return Scaled(factors, gradient, nu);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Decayed(in Factors factors, V gradient, V nu) =>
        L.Fma(factors.Beta2, nu, L.Multiply(L.Multiply(factors.OneMinusBeta2, gradient), gradient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled(in Factors factors, V step, V nu) =>
        L.Divide(L.Multiply(factors.MinusRate, step), L.Add(L.Sqrt(nu), factors.Epsilon));
}
