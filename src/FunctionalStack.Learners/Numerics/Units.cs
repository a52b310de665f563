namespace FunctionalStack.Learners;

internal static class Units
{
    private const double Largest = 1e300;

    /// <summary>The refusal of a value to predict of which sums over trees would not be finite; null where there is none.</summary>
    /// <param name="learner">What the failure names.</param>
    /// <param name="data">Rows without weight play no part.</param>
    public static Failure? TooLarge(string learner, Dataset data)
    {
        if (data.Target is not Target.Numeric { Values: var numbers }) return null;
        for (var row = 0; row < numbers.Count; row++)
        {
            if (data.Weights?[row] == 0 || Math.Abs(numbers[row]) <= Largest) continue;
            return new($"{learner}, row {row + 1}", $"the value to predict is {numbers[row]}", $"Give finite numbers, none beyond {Largest}.");
        }

        return null;
    }

    /// <summary>The exponent of the number of greatest magnitude, which as a power of two is a unit that changes no digit; 0 where all are 0.</summary>
    public static int Exponent(EquatableArray<double> numbers) => numbers.Max(Math.Abs) is var greatest and > 0 ? Math.ILogB(greatest) : 0;

    /// <summary>Divides a column by its length, in place, and gives the length; a column of zeros stays. No finite number overflows on the way.</summary>
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
