namespace FunctionalStack.Backend.Tests;

/// <summary>How far float32 arithmetic may be from the exact number: the tolerances of the suite and their reasons.</summary>
internal static class Rounding
{
    /// <summary>Half the distance from 1 to the next float32: what one rounding costs, relatively.</summary>
    public const double Unit = 1.0 / (1 << 24);

    /// <summary>
    /// How many times <see cref="Sum"/> a sum of products of operands rounded to TensorFloat-32 may be off: each term by 2^-10 at
    /// most, and so n terms of any sign by 4 sqrt(n) 2^-11 of the largest nearly ever, which is no more at any n.
    /// </summary>
    public const double Tf32 = 2048;

    /// <summary>A number made of terms of size <paramref name="scale"/> in at most a dozen roundings, exp and tanh counted as four.</summary>
    public static double Few(double scale) => 16 * Unit * scale;

    /// <summary>
    /// A sum of <paramref name="count"/> terms of any sign, each at most <paramref name="largest"/> and a few roundings off.
    /// Partial sums are about sqrt(count) * largest, count roundings of them add up to sqrt(count) times one (Higham &amp;
    /// Mary 2019): count * unit * largest, of which 4 times is allowed.
    /// </summary>
    public static double Sum(int count, double largest) => (16 + 4.0 * count) * Unit * largest;

    /// <summary>The same where the terms are of one sign and <paramref name="total"/> is their sum.</summary>
    public static double Total(int count, double total) => (16 + 4 * Math.Sqrt(count)) * Unit * total;

    /// <summary>The largest sum of a channel, channels innermost: what an average pool spreads has one sign, and its partial sums grow.</summary>
    public static double LargestSum(ReadOnlySpan<double> numbers, int channels)
    {
        var sums = new double[channels];
        for (var i = 0; i < numbers.Length; i++) sums[i % channels] += numbers[i];
        return sums.Largest();
    }

    public static double Largest(this ReadOnlySpan<double> numbers)
    {
        var largest = 0.0;
        foreach (var number in numbers) largest = Math.Max(largest, Math.Abs(number));
        return largest;
    }

    public static double Largest(this Span<double> numbers) => Largest((ReadOnlySpan<double>)numbers);

    public static double Largest(this double[] numbers) => Largest((ReadOnlySpan<double>)numbers);
}
