namespace FunctionalStack;

/// <summary>
/// A mean of squares of any unit: the squared numbers are scaled by a power of two, so that squares neither underflow nor overflow.
/// Otherwise the scale changes no bit.
/// </summary>
/// <param name="Scaled">The mean of the squares of the numbers times 2^-<paramref name="Exponent"/>.</param>
/// <param name="Exponent">The exponent of the largest magnitude; 0 if that is 0 or not finite.</param>
internal readonly record struct MeanSquare(double Scaled, int Exponent)
{
    /// <summary>Its square root, in the unit of the numbers.</summary>
    public double Root => Math.ScaleB(Math.Sqrt(Scaled), Exponent);

    /// <summary>The mean square of numbers: their weighted sum of squares divided by the sum of the weights.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="weights">A weight of at least 0 for each; null for 1.</param>
    public static MeanSquare Of(ReadOnlySpan<double> numbers, EquatableArray<double>? weights = null)
    {
        var exponent = ExponentOf(numbers);
        double sum = 0, all = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            var (number, weight) = (Math.ScaleB(numbers[i], -exponent), weights?[i] ?? 1);
            sum += weight * (number * number);
            all += weight;
        }

        return new(sum / all, exponent);
    }

    /// <summary>The sample variance of numbers of this mean, with n - 1 in the denominator.</summary>
    public static MeanSquare Deviation(double[] numbers, double mean)
    {
        var population = Of(Array.ConvertAll(numbers, number => number - mean));
        return population with { Scaled = population.Scaled * numbers.Length / (numbers.Length - 1) };
    }

    /// <summary>This mean square divided by another.</summary>
    public double Over(MeanSquare other) => Math.ScaleB(Scaled / other.Scaled, 2 * (Exponent - other.Exponent));

    private static int ExponentOf(ReadOnlySpan<double> numbers)
    {
        var largest = 0.0;
        foreach (var number in numbers) largest = Math.Max(largest, Math.Abs(number));
        return largest > 0 && double.IsFinite(largest) ? Math.ILogB(largest) : 0;
    }
}
