using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FunctionalStack.Learners;

/// <summary>The data of a row of a <see cref="ClassCriterion{TRow, TSum, TSums}"/>, and its summation by class.</summary>
internal interface IClassSums<TRow, TSum>
    where TRow : unmanaged
    where TSum : unmanaged, INumberBase<TSum>
{
    /// <summary>Whether weights are integers below 2^16.</summary>
    static abstract bool Counts { get; }

    static abstract TRow Of(double weight, int classOfRow);

    static abstract int Class(TRow row);

    static abstract TSum Weight(TRow row);

    /// <summary>Its weight if <paramref name="mask"/> is -1, 0 if it is 0.</summary>
    static abstract TSum Keep(TRow row, int mask);

    static abstract unsafe Vector256<double> Load(TSum* sums);

    static abstract unsafe void Store(Vector256<double> values, TSum* sums);
}

/// <summary>A row of any weight.</summary>
internal readonly record struct ClassWeight(double Weight, int Class);

/// <summary>Any weights.</summary>
internal readonly struct WeightSums : IClassSums<ClassWeight, double>
{
    public static bool Counts => false;

    public static ClassWeight Of(double weight, int classOfRow) => new(weight, classOfRow);

    public static int Class(ClassWeight row) => row.Class;

    public static double Weight(ClassWeight row) => row.Weight;

    public static double Keep(ClassWeight row, int mask) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(row.Weight) & mask);

    public static unsafe Vector256<double> Load(double* sums) => Vector256.Load(sums);

    public static unsafe void Store(Vector256<double> values, double* sums) => values.Store(sums);
}

/// <summary>A row with an integer weight.</summary>
internal readonly record struct ClassCount(ushort Times, ushort Class);

/// <summary>
/// Integer weights and at most <see cref="Most"/> classes, whose sums stay below 2^31. Exact, so bit-identical to
/// <see cref="WeightSums"/>, with half the memory (a quarter for rows).
/// </summary>
internal readonly struct CountSums : IClassSums<ClassCount, int>
{
    /// <summary>The largest weight and the largest class code.</summary>
    public const int Most = ushort.MaxValue;

    public static bool Counts => true;

    public static ClassCount Of(double weight, int classOfRow) => new((ushort)weight, (ushort)classOfRow);

    public static int Class(ClassCount row) => row.Class;

    public static int Weight(ClassCount row) => row.Times;

    public static int Keep(ClassCount row, int mask) => row.Times & mask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<double> Load(int* sums) => Avx.IsSupported
        ? Avx.ConvertToVector256Double(Vector128.Load(sums))
        : Vector256.Create((double)sums[0], sums[1], sums[2], sums[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(Vector256<double> values, int* sums)
    {
        if (Avx.IsSupported)
        {
            Avx.ConvertToVector128Int32(values).Store(sums);
            return;
        }

        for (var lane = 0; lane < Vector256<double>.Count; lane++) sums[lane] = (int)values[lane];
    }
}
