using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>A pair of sums: of weights, and of weighted targets.</summary>
/// <typeparam name="TSums">The representation.</typeparam>
internal interface IMoments<TSums>
    where TSums : unmanaged
{
    /// <summary>Whether both are integers.</summary>
    static abstract bool Counts { get; }

    static abstract TSums Of(double weight, double target);

    static abstract TSums Add(TSums left, TSums right);

    static abstract TSums Subtract(TSums left, TSums right);

    /// <summary>The pair if <paramref name="mask"/> is -1, 0 if it is 0.</summary>
    static abstract TSums Keep(TSums sums, int mask);

    static abstract double Weight(TSums sums);

    static abstract double Target(TSums sums);

    /// <summary>The sum over rows up to a threshold or a rank, and the number of these rows.</summary>
    static abstract (TSums Sums, int Rows) UpTo(double threshold, ReadOnlySpan<double> values, ReadOnlySpan<TSums> carried);

    /// <inheritdoc cref="UpTo(double, ReadOnlySpan{double}, ReadOnlySpan{TSums})"/>
    static abstract unsafe (TSums Sums, int Rows) UpTo(int last, int* ranks, TSums* carried, int count);
}

/// <summary>Any weights and targets.</summary>
internal readonly struct RealMoments : IMoments<Vector128<double>>
{
    public static bool Counts => false;

    public static Vector128<double> Of(double weight, double target) => Vector128.Create(weight, weight * target);

    public static Vector128<double> Add(Vector128<double> left, Vector128<double> right) => left + right;

    public static Vector128<double> Subtract(Vector128<double> left, Vector128<double> right) => left - right;

    public static Vector128<double> Keep(Vector128<double> sums, int mask) => sums & Vector128.Create((long)mask).AsDouble();

    public static double Weight(Vector128<double> sums) => sums.ToScalar();

    public static double Target(Vector128<double> sums) => sums[1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe (Vector128<double> Sums, int Rows) UpTo(
        double threshold, ReadOnlySpan<double> values, ReadOnlySpan<Vector128<double>> carried)
    {
        var (even, odd, rows, bound) = (Vector128<double>.Zero, Vector128<double>.Zero, Vector128<long>.Zero, Vector128.Create(threshold));
        fixed (double* value = values)
        fixed (Vector128<double>* carry = carried)
        {
            var i = 0;
            for (; i < values.Length - 1; i += 2)
            {
                var one = Vector128.LessThanOrEqual(Vector128.Create(value[i]), bound);
                var other = Vector128.LessThanOrEqual(Vector128.Create(value[i + 1]), bound);
                even += carry[i] & one;
                odd += carry[i + 1] & other;
                rows -= one.AsInt64() + other.AsInt64();
            }

            if (i < values.Length)
            {
                var one = Vector128.LessThanOrEqual(Vector128.Create(value[i]), bound);
                even += carry[i] & one;
                rows -= one.AsInt64();
            }
        }

        return (even + odd, (int)rows.ToScalar());
    }

    /// <summary>Into two accumulators in turn, since adding to one that was just written waits for that write.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe (Vector128<double> Sums, int Rows) UpTo(int last, int* ranks, Vector128<double>* carried, int count)
    {
        var (even, odd, rows, i) = (Vector128<double>.Zero, Vector128<double>.Zero, 0, 0);
        for (; i < count - 1; i += 2)
        {
            var one = (ranks[i] - last - 1) >> 31;
            var other = (ranks[i + 1] - last - 1) >> 31;
            even += Keep(carried[i], one);
            odd += Keep(carried[i + 1], other);
            rows -= one + other;
        }

        if (i < count)
        {
            var one = (ranks[i] - last - 1) >> 31;
            even += Keep(carried[i], one);
            rows -= one;
        }

        return (even + odd, rows);
    }
}

/// <summary>
/// Integer weights and targets of 0 and 1, whose sums stay below 2^31. Both are in one integer, the targets' sum in its upper half.
/// Exact, so bit-identical to <see cref="RealMoments"/>, with half the memory and one addition.
/// </summary>
internal readonly struct CountMoments : IMoments<ulong>
{
    public static bool Counts => true;

    public static ulong Of(double weight, double target) => (ulong)weight | ((ulong)(weight * target) << 32);

    public static ulong Add(ulong left, ulong right) => left + right;

    public static ulong Subtract(ulong left, ulong right) => left - right;

    public static ulong Keep(ulong sums, int mask) => sums & (ulong)mask;

    public static double Weight(ulong sums) => (int)sums;

    public static double Target(ulong sums) => (int)(sums >> 32);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe (ulong Sums, int Rows) UpTo(double threshold, ReadOnlySpan<double> values, ReadOnlySpan<ulong> carried)
    {
        var (sums, rows, i, bound) = (Vector256<ulong>.Zero, Vector256<long>.Zero, 0, Vector256.Create(threshold));
        fixed (double* value = values)
        fixed (ulong* carry = carried)
        {
            for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var kept = Vector256.LessThanOrEqual(Vector256.Load(value + i), bound);
                sums += Vector256.Load(carry + i) & kept.AsUInt64();
                rows -= kept.AsInt64();
            }

            var (sum, found) = (Vector256.Sum(sums), (int)Vector256.Sum(rows));
            for (; i < values.Length; i++)
            {
                var kept = value[i] <= threshold ? -1 : 0;
                sum += Keep(carry[i], kept);
                found -= kept;
            }

            return (sum, found);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe (ulong Sums, int Rows) UpTo(int last, int* ranks, ulong* carried, int count)
    {
        var (lower, upper, rows, i) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero, Vector256<int>.Zero, 0);
        var bound = Vector256.Create(last);
        for (; i <= count - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            var kept = Vector256.LessThanOrEqual(Vector256.Load(ranks + i), bound);
            var (first, second) = Vector256.Widen(kept);
            lower += Vector256.Load(carried + i) & first.AsUInt64();
            upper += Vector256.Load(carried + i + Vector256<ulong>.Count) & second.AsUInt64();
            rows -= kept;
        }

        var (sums, found) = (Vector256.Sum(lower + upper), Vector256.Sum(rows));
        for (; i < count; i++)
        {
            var kept = (ranks[i] - last - 1) >> 31;
            sums += Keep(carried[i], kept);
            found -= kept;
        }

        return (sums, found);
    }
}
