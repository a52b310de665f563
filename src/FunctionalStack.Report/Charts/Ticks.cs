using System.Globalization;

namespace FunctionalStack.Reporting.Charts;

/// <summary>Round numbers along an axis.</summary>
/// <param name="Values">Ascending.</param>
/// <param name="Step">The distance of two; the factor for a logarithmic axis.</param>
internal sealed record Ticks(EquatableArray<double> Values, double Step)
{
    private const int MostPowers = 8;
    private const int NarrowTicks = 3;

    private bool IsLog { get; init; }

    // Smaller numbers have an exponent.
    private const double Small = 1e-4 * (1 - 1e-9);

    /// <summary>Multiples of 1, 2 or 5 times a power of ten, within the range, and about <paramref name="count"/> of them.</summary>
    public static Ticks Linear(double from, double to, int count)
    {
        if (!(to > from)) return new([from], 1);
        var raw = (to - from) / Math.Max(1, count);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        // By the rounding of a quotient, 1 may be a little more.
        var step = (raw / power - 1e-9) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
        var first = (long)Math.Ceiling(from / step - 1e-9);
        var last = (long)Math.Floor(to / step + 1e-9);
        return new(EquatableArray.From(Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)), step);
    }

    /// <summary>Powers of ten within the range, with their multiples by 2 and 5 if there are few, and only some of many. A range too
    /// narrow for two of them has the ticks of a linear axis.</summary>
    public static Ticks Logarithmic(double from, double to)
    {
        var (low, high) = ((int)Math.Floor(Math.Log10(from)), (int)Math.Ceiling(Math.Log10(to)));
        double[] factors = high - low <= 3 ? [1, 2, 5] : [1];
        var every = 1 + (high - low) / MostPowers;
        var values = EquatableArray.From(Enumerable.Range(low, high - low + 1).Where(power => power % every == 0)
            .SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))
            .Where(value => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)));
        return values.Count < 2 ? Linear(from, to, NarrowTicks) : new(values, 10) { IsLog = true };
    }

    /// <summary>A range that begins and ends at round numbers and contains the values.</summary>
    public static (double From, double To) Around(double from, double to, int count = 5)
    {
        if (!(to > from)) return from == 0 ? (-1, 1) : (from - Math.Abs(from) / 2, from + Math.Abs(from) / 2);
        var step = Linear(from, to, count).Step;
        return (Math.Floor(from / step + 1e-9) * step, Math.Ceiling(to / step - 1e-9) * step);
    }

    /// <summary>The text of a tick, with as many decimals as the step has.</summary>
    public string Text(double value)
    {
        if (!IsLog && Math.Abs(value) < Step * 1e-9) return "0";
        var largest = Values.Max(Math.Abs);
        if (largest >= 1e6 || largest < 1e-3 || Math.Abs(value) < Small) return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        var decimals = Step >= 10 ? value < 1 ? (int)Math.Ceiling(-Math.Log10(value)) : 0 : Math.Max(0,
            (int)-Math.Floor(Math.Log10(Step) + 1e-9));
        return value.ToString($"N{Math.Clamp(decimals, 0, 8)}", CultureInfo.InvariantCulture);
    }
}
