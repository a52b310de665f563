namespace FunctionalStack.Learners;

/// <summary>Sums of products of any finite doubles, in units in which they do not overflow. For the rare rows whose plain sums
/// do.</summary>
internal static class ScaledDot
{
    // Of each factor: products of doubles below 2^1024 are below 2^968.
    private const int Exponent = 540;

    /// <summary>The constant plus the sum of products, times 2^-1080. A factor that is infinite counts as the largest double.</summary>
    public static double Of(double constant, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = Math.ScaleB(constant, -2 * Exponent);
        for (var i = 0; i < left.Length; i++) sum += Down(left[i]) * Down(right[i]);
        return sum;
    }

    /// <summary>A scaled sum in the unit of the products; infinite if it is beyond the largest double.</summary>
    public static double Up(double sum) => Math.ScaleB(sum, 2 * Exponent);

    private static double Down(double factor) => Math.ScaleB(Math.Clamp(factor, -double.MaxValue, double.MaxValue), -Exponent);
}
