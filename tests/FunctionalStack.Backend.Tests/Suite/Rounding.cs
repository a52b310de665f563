namespace FunctionalStack.Backend.Tests;

/// <summary>Bounds on the error of float32 arithmetic: the tolerances of the suite and their reasons.</summary>
internal static class Rounding
{
    /// <summary>Half the distance from 1 to the next float32: the relative error of one rounding.</summary>
    public const double Unit = 1.0 / (1 << 24);

    /// <summary>
    /// The factor on <see cref="Sum"/> for a sum of products of operands rounded to TensorFloat-32: each term has an error of at most
    /// 2^-10, so n terms of any sign almost never more than 4 sqrt(n) 2^-11 of the largest, which the factor covers for any n.
    /// </summary>
    public const double Tf32 = 2048;

    /// <summary>The error of a value computed from terms of size <paramref name="scale"/> in at most a dozen roundings, with exp and tanh
    /// counted as four.</summary>
    public static double Few(double scale) => 16 * Unit * scale;

    /// <summary>
    /// The error of a sum of <paramref name="count"/> terms of any sign, each at most <paramref name="largest"/> and a few roundings
    /// off. Partial sums are about sqrt(count) * largest, and count roundings of them add up to sqrt(count) times one (Higham &amp;
    /// Mary 2019): count * unit * largest, of which 4 times is allowed.
    /// </summary>
    public static double Sum(int count, double largest) => (16 + 4.0 * count) * Unit * largest;

    /// <summary>The same if all terms have one sign and <paramref name="total"/> is their sum.</summary>
    public static double Total(int count, double total) => (16 + 4 * Math.Sqrt(count)) * Unit * total;

    /// <summary>The maximum sum of a channel, channels innermost: the terms of an average pooling's gradient have one sign, so its partial
    /// sums grow.</summary>
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
