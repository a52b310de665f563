namespace FunctionalStack.Auditing;

/// <summary>Rows whose predicted class, out of fold, is another one with a high probability. Where classes overlap, most errors have
/// middling probabilities; where labels are wrong, most have high ones.</summary>
internal static class Mislabelled
{
    private const double Confident = 0.85;
    private const int Least = 5;

    // Of all rows, and of the errors.
    private const double LeastShare = 0.005;
    private const double OfErrors = 0.6;
    private const int MostListed = 10;

    public static AuditCheck Of(AuditRun run, ILearner learner, Dataset data)
    {
        if (data.Target is not Target.Classes) return AuditCheck.None(FindingKind.MislabelledRows, "the target is numeric");
        var drawn = run.Drawn(data.RowCount, DataAudit.MostRows, "labels");
        return run.CrossValidated(learner, data.Take(drawn), "labels").Match(
            found => Found(found.OutOfFold, (Target.Classes)data.Target, drawn),
            failure => AuditCheck.None(FindingKind.MislabelledRows, $"{failure}"));
    }

    private static AuditCheck Found(OutOfFold found, Target.Classes target, EquatableArray<int> drawn)
    {
        var predicted = ((Prediction.Probabilities)found.Prediction).For(target.Levels);
        (int Row, double Own, double Most)[] errors = [.. Enumerable.Range(0, found.Rows.Count).Select(i =>
            (Row: drawn[found.Rows[i]], Own: predicted.Row(i)[target.Codes[drawn[found.Rows[i]]]], Most: Largest(predicted.Row(i))))
            .Where(one => one.Own < one.Most)];
        var sure = errors.Where(one => one.Most >= Confident).OrderBy(one => one.Own).ToArray();
        var measured = $"{errors.Length} of {found.Rows.Count} rows have another class out of fold, {sure.Length} of them with a "
            + $"probability of {AuditRun.Percent(Confident)} or more";
        if (sure.Length < Math.Max(Least, LeastShare * found.Rows.Count) || sure.Length < OfErrors * errors.Length)
            return new(FindingKind.MislabelledRows, measured, default);
        return new(FindingKind.MislabelledRows, measured,
        [
            new Finding(FindingKind.MislabelledRows, Severity.Mid, default,
                $"most errors are confident ones, as of wrong labels: {measured}. The first to look at are rows "
                    + $"{string.Join(", ", sure.Take(MostListed).Select(one => $"{one.Row + 1}"))}.",
                "Look at their labels.")
            {
                Rows = EquatableArray.From(sure.Select(one => one.Row).Order()),
            },
        ]);
    }

    private static double Largest(ReadOnlySpan<double> probabilities)
    {
        var largest = 0.0;
        foreach (var one in probabilities) largest = Math.Max(largest, one);
        return largest;
    }
}
