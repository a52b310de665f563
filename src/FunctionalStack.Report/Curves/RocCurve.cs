namespace FunctionalStack.Reporting.Curves;

/// <summary>The receiver operating characteristic: the share of positive rows found against the share of negative rows taken for positive,
/// for every threshold.</summary>
/// <param name="Points">From (0, 0) to (1, 1): the false and the true positive rate. One point for each distinct score.</param>
internal sealed record RocCurve(EquatableArray<(double False, double True)> Points)
{
    /// <summary>The curve; null if there are no positive rows, or no negative ones.</summary>
    public static RocCurve? Of(Scored rows)
    {
        var (positives, negatives) = (rows.Positives, rows.Negatives);
        if (!(positives > 0) || !(negatives > 0)) return null;
        double yes = 0, no = 0;
        var points = new List<(double, double)> { (0, 0) };
        foreach (var (_, positive, negative) in rows.Runs)
        {
            (yes, no) = (yes + positive, no + negative);
            points.Add((no / negatives, yes / positives));
        }

        points[^1] = (1, 1);
        return new(EquatableArray.From(points));
    }

    /// <summary>The area under the curve.</summary>
    public double Area => Points.Zip(Points.Skip(1), (a, b) => (b.False - a.False) * (a.True + b.True) / 2).Sum();

    /// <summary>
    /// Fewer points: between two that are kept, the curve rises and moves by at most 2 / <paramref name="steps"/> in all. The area differs
    /// by at most 1 / (2 <paramref name="steps"/>), because a left-out piece of width w and height h changes it by at most w h / 2.
    /// </summary>
    public RocCurve Thinned(int steps = 100)
    {
        var kept = new List<(double False, double True)> { Points[0] };
        for (var i = 1; i + 1 < Points.Count; i++)
        {
            var (last, next) = (kept[^1], Points[i + 1]);
            if (next.False - last.False + next.True - last.True > 2.0 / steps) kept.Add(Points[i]);
        }

        kept.Add(Points[^1]);
        return new(EquatableArray.From(kept));
    }
}
