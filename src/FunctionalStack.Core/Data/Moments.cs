namespace FunctionalStack;

/// <summary>Weighted moments of a column's present values, computed in two passes and without overflow for any finite values.</summary>
/// <param name="Mean">0 if there is no value.</param>
/// <param name="Deviation">The population standard deviation; exactly 0 if all values are equal.</param>
/// <param name="Min">The minimum.</param>
/// <param name="Max">The maximum.</param>
internal readonly record struct Moments(double Mean, double Deviation, double Min, double Max)
{
    public static Moments Of(double[] numbers, double[]? weights)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < numbers.Length; i++)
        {
            // Comparisons with NaN are false, so missing values are skipped.
            if (weights is not null && weights[i] == 0) continue;
            if (numbers[i] < min) min = numbers[i];
            if (numbers[i] > max) max = numbers[i];
        }

        if (min > max) return default;
        if (min == max) return new(min, 0, min, max);

        // A power of two brings squares into range. Multiplying by it is exact.
        var scale = PowerOfTwo(Math.Max(Math.Abs(min), Math.Abs(max)));
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < numbers.Length; i++)
        {
            var weight = weights is null ? 1 : weights[i];
            if (weight == 0 || double.IsNaN(numbers[i])) continue;
            sum += weight * (numbers[i] * scale);
            total += weight;
        }

        var mean = sum / total;
        var (first, second) = (0.0, 0.0);
        for (var i = 0; i < numbers.Length; i++)
        {
            var weight = weights is null ? 1 : weights[i];
            if (weight == 0 || double.IsNaN(numbers[i])) continue;
            var from = numbers[i] * scale - mean;
            first += weight * from;
            second += weight * from * from;
        }

        // The corrected two-pass algorithm (Chan, Golub and LeVeque 1983): the residual of the rounded mean corrects both moments.
        var rest = first / total;
        var variance = Math.Max(0, second / total - rest * rest);
        return new(Math.Clamp((mean + rest) / scale, min, max), Math.Sqrt(variance) / scale, min, max);
    }

    /// <summary>Whether subtracting two of the values can overflow.</summary>
    public bool Overflows => double.IsInfinity(Max - Min);

    /// <summary>1 for ordinary magnitudes, otherwise the power of two that brings <paramref name="magnitude"/> near 1.</summary>
    internal static double PowerOfTwo(double magnitude) =>
        magnitude is 0 or (> 1e-100 and < 1e100) ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(magnitude), -1000, 1000));
}
