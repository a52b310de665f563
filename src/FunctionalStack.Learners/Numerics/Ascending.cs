namespace FunctionalStack.Learners;

/// <summary>Searches in ascending numbers.</summary>
internal static class Ascending
{
    /// <summary>The number of them below <paramref name="number"/>.</summary>
    public static int Below(ReadOnlySpan<double> ascending, double number)
    {
        var (low, count) = (0, ascending.Length);
        while (count > 0)
        {
            var half = count >> 1;
            var above = number > ascending[low + half];
            low = above ? low + half + 1 : low;
            count = above ? count - half - 1 : half;
        }

        return low;
    }
}
