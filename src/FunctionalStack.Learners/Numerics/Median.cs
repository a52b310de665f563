namespace FunctionalStack.Learners;

/// <summary>Medians in expected linear time. The arrays are reordered.</summary>
internal static class Median
{
    private const double Rounding = 1e-12;

    /// <summary>The median: the mean of the middle two for an even count. At least one number; none may be NaN.</summary>
    public static double Of(Span<double> numbers)
    {
        var middle = numbers.Length / 2;
        var upper = Select(numbers, middle);
        if (numbers.Length % 2 == 1) return upper;
        var lower = double.NegativeInfinity;
        foreach (var number in numbers[..middle]) lower = Math.Max(lower, number);
        return Between(lower, upper);
    }

    /// <summary>
    /// The weighted median: the median of the numbers, each repeated according to its weight.
    /// Weights are above 0.
    /// </summary>
    public static double Of(Span<double> numbers, Span<double> weights)
    {
        numbers.Sort(weights);
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var below = 0.0;
        for (var i = 0; i < numbers.Length; i++)
        {
            below += weights[i];
            // Weights in another unit are rounded differently.
            if (Math.Abs(below - (total - below)) <= Rounding * total && i + 1 < numbers.Length) return Between(numbers[i], numbers[i + 1]);
            if (below > total - below) return numbers[i];
        }

        return numbers[^1];
    }

    private static double Between(double lower, double upper)
    {
        var sum = lower + upper;
        return double.IsInfinity(sum) ? lower / 2 + upper / 2 : sum / 2;
    }

    // Hoare's selection with a three-way partition, since columns repeat values. Afterwards, numbers[..k] are at most numbers[k].
    private static double Select(Span<double> numbers, int k)
    {
        var (low, high) = (0, numbers.Length - 1);
        for (var rounds = 0; low < high; rounds++)
        {
            if (rounds == 64)
            {
                // Adversarial order: sorting bounds the worst case.
                numbers.Slice(low, high - low + 1).Sort();
                break;
            }

            var pivot = MiddleOf(numbers[low], numbers[(low + high) / 2], numbers[high]);
            var (less, at, more) = (low, low, high);
            while (at <= more)
            {
                var number = numbers[at];
                if (number < pivot) Swap(numbers, less++, at++);
                else if (number > pivot) Swap(numbers, at, more--);
                else at++;
            }

            if (k < less) high = less - 1;
            else if (k > more) low = more + 1;
            else break;
        }

        return numbers[k];
    }

    private static void Swap(Span<double> numbers, int i, int j) => (numbers[i], numbers[j]) = (numbers[j], numbers[i]);

    private static double MiddleOf(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
