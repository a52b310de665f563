namespace FunctionalStack;

/// <summary>Student's t distribution with whole degrees of freedom, as finite sums (Abramowitz &amp; Stegun 1964, 26.7.3 and
/// 26.7.4).</summary>
internal static class StudentT
{
    /// <summary>The probability of a value farther from 0 than <paramref name="t"/>, which is at least 0.</summary>
    public static double Outside(double t, int degrees) => Math.Max(0, 1 - Inside(t, degrees));

    /// <summary>The number within which of 0 a value has this probability: above 0, below 1.</summary>
    public static double Quantile(double probability, int degrees)
    {
        var (low, high) = (0.0, 1.0);
        while (Inside(high, degrees) < probability) high *= 2;

        // As many halvings as a double has bits, and a few more.
        for (var i = 0; i < 80; i++)
        {
            var middle = (low + high) / 2;
            if (Inside(middle, degrees) < probability) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    private static double Inside(double t, int degrees)
    {
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = Math.SinCos(angle);
        var isOdd = degrees % 2 == 1;
        var (term, sum) = (isOdd ? cosine : 1.0, 0.0);
        for (var power = isOdd ? 1 : 0; power <= degrees - 2; power += 2)
        {
            sum += term;
            term *= cosine * cosine * (power + 1) / (power + 2);
        }

        return isOdd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }
}
