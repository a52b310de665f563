using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// First and second derivatives as whole numbers in one word: the first times a power of two in its upper half, the second times
/// another in its lower one. One addition sums both; sums are exact, whatever their order, and so is a
/// difference of two (a sibling's histogram). The powers are the largest that let the sums of all rows fit, so that a
/// derivative is rounded to some 2^-30 of the sum of all.
/// </summary>
internal readonly record struct PackedGradients(double First, double Second)
{
    // Adding it to a number below 2^51 leaves the number, rounded to a whole one, in the lower bits.
    private const double Rounder = 3L << 51;

    /// <summary>The units for derivatives of these sums (the first's of absolute values) over so many rows.</summary>
    public static PackedGradients For(double first, double second, int rows) => new(Power(first, rows), Power(second, rows));

    /// <summary>The first derivative of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double FirstOf(long sum) => (sum >> 32) / First;

    /// <summary>The second derivative of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SecondOf(long sum) => (sum & uint.MaxValue) / Second;

    /// <summary>Packs rows from <paramref name="start"/> up to <paramref name="end"/>, multiples of <see cref="Objective.Lanes"/>.</summary>
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
