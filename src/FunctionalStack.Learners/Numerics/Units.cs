namespace FunctionalStack.Learners;

internal static class Units
{
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
