namespace FunctionalStack.Reporting.Curves;

/// <summary>Precision, the share of positive rows among those taken for positive, against recall, the share of positive rows that are
/// found, for every threshold.</summary>
/// <param name="Points">By ascending recall; the last has recall 1 and the share of positive rows as its precision. One point for each
/// distinct score.</param>
internal sealed record PrecisionRecall(EquatableArray<(double Recall, double Precision)> Points)
{
    /// <summary>The curve; null if there are no positive rows.</summary>
    public static PrecisionRecall? Of(Scored rows)
    {
        var positives = rows.Positives;
        if (!(positives > 0)) return null;
        double yes = 0, taken = 0;
        var points = new List<(double, double)>();
        foreach (var (_, positive, negative) in rows.Runs)
        {
            (yes, taken) = (yes + positive, taken + positive + negative);
            if (taken > 0) points.Add((Math.Min(1, yes / positives), yes / taken));
        }

        return new(EquatableArray.From(points));
    }

    /// <summary>Average precision: the mean precision over the steps of recall, as in scikit-learn, without interpolation.</summary>
    public double Average => Points.Select((point, i) => (point.Recall - (i == 0 ? 0 : Points[i - 1].Recall)) * point.Precision).Sum();

    /// <summary>Fewer points: the first, the last, and one for each step of recall.</summary>
    public PrecisionRecall Thinned(int steps = 150)
    {
        var kept = new List<(double Recall, double Precision)>();
        for (var i = 0; i < Points.Count; i++)
        {
            if (i == 0 || i == Points.Count - 1 || Points[i].Recall - kept[^1].Recall >= 1.0 / steps) kept.Add(Points[i]);
        }

        return new(EquatableArray.From(kept));
    }
}
