using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// First and second derivatives as integers in one 64-bit word: the first, times a power of two, in its upper half; the second, times
/// another, in its lower half. One addition sums both. Sums are exact in any order, and so is the
/// difference of two (a sibling's histogram). The powers are the largest for which the sums of all rows fit, so each
/// derivative is rounded to about 2^-30 of the total.
/// </summary>
internal readonly record struct PackedGradients(double First, double Second)
{
    // Adding it to a number below 2^51 leaves the number, rounded to an integer, in the lower bits.
    private const double Rounder = 3L << 51;

    /// <summary>The units for derivatives with these sums (of absolute values for the first) over <paramref name="rows"/> rows.</summary>
    public static PackedGradients For(double first, double second, int rows) => new(Power(first, rows), Power(second, rows));

    /// <summary>The first derivative of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double FirstOf(long sum) => (sum >> 32) / First;

    /// <summary>The second derivative of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SecondOf(long sum) => (sum & uint.MaxValue) / Second;

    /// <summary>Packs rows <paramref name="start"/> to <paramref name="end"/> (exclusive), both multiples of
    /// <see cref="Objective.Lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(double[] first, double[] second, long[] packed, int start, int end)
    {
        var (byFirst, bySecond, rounder) = (Vector512.Create(First), Vector512.Create(Second), Vector512.Create(Rounder));
        for (var row = start; row < end; row += Objective.Lanes)
        {
            var g = (Vector512.Create<double>(first, row) * byFirst + rounder).AsInt64() - rounder.AsInt64();
            var h = (Vector512.Create<double>(second, row) * bySecond + rounder).AsInt64() - rounder.AsInt64();
            (Vector512.ShiftLeft(g, 32) + h).CopyTo(packed, row);
        }
    }

    private static double Power(double sum, int rows) =>
        sum > 0 ? Math.ScaleB(1, Math.Clamp(Math.ILogB((int.MaxValue - 1.0 - rows) / sum), -1000, 1000)) : 1;
}
