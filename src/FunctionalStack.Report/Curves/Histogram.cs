using FunctionalStack.Reporting.Charts;

namespace FunctionalStack.Reporting.Curves;

/// <summary>Counts of numbers in bins of equal width.</summary>
/// <param name="From">The lower end of the first bin.</param>
/// <param name="Step">The width of a bin.</param>
/// <param name="Counts">The numbers in each bin.</param>
internal sealed record Histogram(double From, double Step, EquatableArray<int> Counts)
{
    /// <summary>About <paramref name="bins"/> bins with round ends, or one for each of few whole numbers. Numbers that are not finite are
    /// left out; null if none is left.</summary>
    public static Histogram? Of(EquatableArray<double> numbers, int bins = 24)
    {
        var finite = numbers.ToArray().Where(double.IsFinite).ToArray();
        if (finite.Length == 0) return null;
        var (least, most) = (finite.Min(), finite.Max());
        if (!(most > least) || double.IsInfinity(most - least)) return new(least, 1, [finite.Length]);
        var whole = most - least < bins && Array.TrueForAll(finite, number => number == Math.Floor(number));
        var step = whole ? 1 : Ticks.Linear(least, most, bins).Step;
        var from = whole ? least - 0.5 : Math.Floor(least / step) * step;
        var counts = new int[(int)Math.Floor((most - from) / step) + 1];
        foreach (var number in finite) counts[Math.Clamp((int)((number - from) / step), 0, counts.Length - 1)]++;
        return new(from, step, EquatableArray.Own(counts));
    }

    /// <summary>The upper end of the last bin.</summary>
    public double To => From + Counts.Count * Step;
}
