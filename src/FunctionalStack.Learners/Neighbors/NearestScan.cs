namespace FunctionalStack.Learners;

/// <summary>
/// Sorts rows by their distance to one query, with a formula that neither overflows nor underflows: differences are scaled by
/// the largest. Used for cases that the fast searches cannot decide: many ties, and numbers near the ends of double's range.
/// Distances are in one unit for all rows of a query, which need not be 1.
/// </summary>
internal sealed class NearestScan(Distance metric, double p, EquatableArray<double> rows, int columns, int count)
{
    // Squares of distances out of this range have lost precision.
    private const double Least = 1e-140;
    private const double Most = 1e140;

    // In this unit, differences of the largest doubles, and sums of them over any number of columns, stay finite.
    private const double Down = 1.0 / (1L << 32);

    // Rows that tie in the fast search tie here too, up to rounding.
    private const double Slack = 1 + 1e-9;

    // Far above the slack and all rounding errors.
    private const double FarBeyond = 1 + 1e-6;

    private readonly double greatest = Greatest(rows.AsSpan());
    private readonly double[] distances = new double[count];
    private readonly int[] order = new int[count];

    /// <summary>Whether the fast searches cannot be used: powers with arbitrary exponents are nearly always out of range.</summary>
    public static bool IsNeeded(Distance metric) => metric == Distance.Minkowski;

    /// <summary>Whether the distances of a fast search, in ascending order, are accurate.</summary>
    public static bool IsSafe(ReadOnlySpan<double> rows, ReadOnlySpan<int> found, ReadOnlySpan<double> away, ReadOnlySpan<double> query)
    {
        if (!(away[^1] < Most)) return false;
        for (var at = 0; at < away.Length && away[at] < Least; at++)
        {
            if (!rows.Slice(found[at] * query.Length, query.Length).SequenceEqual(query)) return false;
        }

        return true;
    }

    /// <summary>
    /// The rows at a distance of at most <paramref name="limit"/>, nearest first, with their distances. Ties are in the order of rows.
    /// </summary>
    public Nearby Within(double limit, ReadOnlySpan<double> query)
    {
        var unit = IsHuge(query) ? Down : 1;
        var within = 0;

        // Beyond this plain sum of squares, a row is farther than the limit, whatever the rounding of either formula.
        var beyond = metric == Distance.Euclidean && limit is > Least and < Most ? limit * limit * FarBeyond : double.PositiveInfinity;
        for (var row = 0; row < count; row++)
        {
            if (IsBeyond(beyond, rows.AsSpan().Slice(row * columns, columns), query)) continue;
            var distance = Of(rows.AsSpan().Slice(row * columns, columns), query, unit);
            if (!(distance <= limit * Slack)) continue;
            (order[within], distances[within]) = (row, distance);
            within++;
        }

        Array.Sort(distances, order, 0, within);
        for (var (first, end) = (0, 0); first < within; first = end)
        {
            for (end = first + 1; end < within && distances[end] == distances[first]; end++) { }
            Array.Sort(order, first, end - first);
        }

        return new(order.AsSpan(0, within), distances.AsSpan(0, within));
    }

    private static bool IsBeyond(double beyond, ReadOnlySpan<double> row, ReadOnlySpan<double> query)
    {
        if (double.IsPositiveInfinity(beyond)) return false;
        var sum = 0.0;
        for (var c = 0; c < row.Length; c++)
        {
            var difference = row[c] - query[c];
            sum += difference * difference;
        }

        return sum > beyond;
    }

    private bool IsHuge(ReadOnlySpan<double> query) => Math.Max(greatest, Greatest(query)) > double.MaxValue * Down;

    private static double Greatest(ReadOnlySpan<double> cells)
    {
        var most = 0.0;
        foreach (var cell in cells) most = Math.Max(most, Math.Abs(cell));
        return most;
    }

    private double Of(ReadOnlySpan<double> row, ReadOnlySpan<double> query, double unit)
    {
        var greatest = 0.0;
        for (var c = 0; c < row.Length; c++) greatest = Math.Max(greatest, Math.Abs(row[c] * unit - query[c] * unit));
        if (greatest == 0 || metric == Distance.Chebyshev) return greatest;
        if (metric == Distance.Minkowski)
        {
            var powers = 0.0;
            for (var c = 0; c < row.Length; c++) powers += Math.Pow(Math.Abs(row[c] * unit - query[c] * unit) / greatest, p);
            return greatest * Math.Pow(powers, 1 / p);
        }

        // A power of two, so that scaling is exact where the fast formula is accurate.
        var (sum, scale) = (0.0, Math.ScaleB(1, Math.ILogB(greatest)));
        for (var c = 0; c < row.Length; c++)
        {
            var difference = (row[c] * unit - query[c] * unit) / scale;
            sum += metric == Distance.Manhattan ? Math.Abs(difference) : difference * difference;
        }

        return scale * (metric == Distance.Manhattan ? sum : Math.Sqrt(sum));
    }
}

/// <summary>Rows near a query, nearest first.</summary>
internal readonly ref struct Nearby(ReadOnlySpan<int> rows, ReadOnlySpan<double> distances)
{
    public ReadOnlySpan<int> Rows { get; } = rows;

    public ReadOnlySpan<double> Distances { get; } = distances;
}
