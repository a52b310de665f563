namespace FunctionalStack.Learners;

internal static class Units
{
    private const double Largest = 1e300;

    /// <summary>The failure if a target is so large that sums over trees would overflow; null if there is none.</summary>
    /// <param name="learner">The name in failures.</param>
    /// <param name="data">The rows. Those of weight 0 are ignored.</param>
    public static Failure? TooLarge(string learner, Dataset data)
    {
        if (data.Target is not Target.Numeric { Values: var numbers }) return null;
        for (var row = 0; row < numbers.Count; row++)
        {
            if (data.Weights?[row] == 0 || Math.Abs(numbers[row]) <= Largest) continue;
            return new($"{learner}, row {row + 1}", $"the target is {numbers[row]}",
                $"Give finite numbers of magnitude at most {Largest}.");
        }

        return null;
    }

    /// <summary>The binary exponent of the number of greatest magnitude; 0 if all are 0. Dividing by that power of two is exact.</summary>
    public static int Exponent(EquatableArray<double> numbers) => numbers.Max(Math.Abs) is var greatest and > 0 ? Math.ILogB(greatest) : 0;

    /// <summary>Divides a column by its norm, in place, and returns the norm. A column of zeros is unchanged. Does not overflow for finite
    /// numbers.</summary>
    public static double ToLengthOne(double[] column)
    {
        var greatest = 0.0;
        foreach (var number in column) greatest = Math.Max(greatest, Math.Abs(number));
        if (greatest == 0) return 0;
        var sum = 0.0;
        for (var i = 0; i < column.Length; i++)
        {
            column[i] /= greatest;
            sum += column[i] * column[i];
        }

        var length = Math.Sqrt(sum);
        for (var i = 0; i < column.Length; i++) column[i] /= length;
        return Math.Min(greatest * length, double.MaxValue);
    }
}
