namespace FunctionalStack.Reporting.Curves;

/// <summary>The least and the greatest of some numbers, and those at the quarters, by linear interpolation.</summary>
internal sealed record Quartiles(double Least, double Lower, double Median, double Upper, double Most)
{
    /// <summary>The quartiles of the numbers; those that are not numbers are left out. Null if none is left.</summary>
    public static Quartiles? Of(EquatableArray<double> numbers)
    {
        var sorted = numbers.ToArray().Where(number => !double.IsNaN(number)).Order().ToArray();
        return sorted.Length == 0 ? null : new(sorted[0], At(0.25), At(0.5), At(0.75), sorted[^1]);

        double At(double share)
        {
            var place = share * (sorted.Length - 1);
            var (low, rest) = ((int)place, place - Math.Floor(place));
            return rest == 0 ? sorted[low] : sorted[low] * (1 - rest) + sorted[low + 1] * rest;
        }
    }
}
