using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? first, Slice? second, Slice? guard)
    {
        if (guard is { } loss && !float.IsFinite(*At(loss))) return;
        pool.Run(Chunks.Of(parameters.Length), new UpdateWork(
            rule, parameters.Length, At(parameters), At(gradients), first is { } one ? At(one) : null, second is { } two ? At(two) : null));
    }

    /// <summary>One pass over memory: every number is loaded and stored once.</summary>
    private readonly struct UpdateWork(UpdateRule rule, int length, float* p, float* g, float* first, float* second) : IWork
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
                default: throw new ArgumentOutOfRangeException(nameof(rule), rule.Kind, "No such update.");
            }
        }

        private void Run<S>(int start, int end) where S : struct, IStep
        {
            var factors = new Factors(rule);
            var i = start;
            for (; i <= end - L.Count; i += L.Count) Step<S>(factors, p + i, g + i, first + i, second + i);
            if (i == end) return;

            // The rest is done in a full vector beside, so that there is one arithmetic only.
            var rest = stackalloc float[4 * L.Count];
            new Span<float>(rest, 4 * L.Count).Clear();
            float* atG = rest + L.Count, atFirst = rest + 2 * L.Count, atSecond = rest + 3 * L.Count;
            var size = end - i;
            Copy(p + i, rest, size);
            Copy(g + i, atG, size);
            if (S.UsesFirst) Copy(first + i, atFirst, size);
            if (S.UsesSecond) Copy(second + i, atSecond, size);
            Step<S>(factors, rest, atG, atFirst, atSecond);
            Copy(rest, p + i, size);
            if (S.UsesFirst) Copy(atFirst, first + i, size);
            if (S.UsesSecond) Copy(atSecond, second + i, size);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Step<S>(in Factors factors, float* p, float* g, float* first, float* second) where S : struct, IStep
        {
            var parameter = L.Load(p);
            var gradient = L.Fma(factors.Penalty, parameter, L.Load(g));
            var one = S.UsesFirst ? L.Load(first) : L.Zero;
            var two = S.UsesSecond ? L.Load(second) : L.Zero;
            var step = S.Step(factors, gradient, ref one, ref two);
            L.Store(p, L.Add(L.Fma(factors.MinusDecay, parameter, parameter), step));
            if (S.UsesFirst) L.Store(first, one);
            if (S.UsesSecond) L.Store(second, two);
        }

        private static void Copy(float* from, float* to, int size) => new ReadOnlySpan<float>(from, size).CopyTo(new(to, size));
    }

    /// <summary>A rule's numbers in every lane.</summary>
    private readonly struct Factors(UpdateRule rule)
    {
        public readonly V MinusRate = L.Broadcast(-rule.Rate);
        public readonly V First = L.Broadcast(rule.First);
        public readonly V FirstRest = L.Broadcast(1 - rule.First);
        public readonly V Second = L.Broadcast(rule.Second);
        public readonly V SecondRest = L.Broadcast(1 - rule.Second);
        public readonly V Epsilon = L.Broadcast(rule.Epsilon);
        public readonly V Penalty = L.Broadcast(rule.Penalty);
        public readonly V MinusDecay = L.Broadcast(-rule.Decay);
    }

    /// <summary>What is added to the parameters, and the slots' new content.</summary>
    private interface IStep
    {
        static abstract bool UsesFirst { get; }

        static abstract bool UsesSecond { get; }

        static abstract V Step(in Factors factors, V gradient, ref V first, ref V second);
    }

    private readonly struct PlainStep : IStep
    {
        public static bool UsesFirst => false;

        public static bool UsesSecond => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V first, ref V second) => L.Multiply(factors.MinusRate, gradient);
    }

    private readonly struct MomentumStep : IStep
    {
        public static bool UsesFirst => true;

        public static bool UsesSecond => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V first, ref V second) =>
            first = L.Fma(factors.First, first, L.Multiply(factors.MinusRate, gradient));
    }

    private readonly struct NesterovStep : IStep
    {
        public static bool UsesFirst => true;

        public static bool UsesSecond => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V first, ref V second)
        {
            var change = L.Multiply(factors.MinusRate, gradient);
            first = L.Fma(factors.First, first, change);
            return L.Fma(factors.First, first, change);
        }
    }

    private readonly struct AdamStep : IStep
    {
        public static bool UsesFirst => true;

        public static bool UsesSecond => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V first, ref V second)
        {
            first = L.Fma(factors.First, first, L.Multiply(factors.FirstRest, gradient));
            second = Decayed(factors, gradient, second);
            return Scaled(factors, first, second);
        }
    }

    private readonly struct RmsPropStep : IStep
    {
        public static bool UsesFirst => false;

        public static bool UsesSecond => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step(in Factors factors, V gradient, ref V first, ref V second)
        {
            second = Decayed(factors, gradient, second);
            return Scaled(factors, gradient, second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Decayed(in Factors factors, V gradient, V second) =>
        L.Fma(factors.Second, second, L.Multiply(L.Multiply(factors.SecondRest, gradient), gradient));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scaled(in Factors factors, V step, V second) =>
        L.Divide(L.Multiply(factors.MinusRate, step), L.Add(L.Sqrt(second), factors.Epsilon));
}
