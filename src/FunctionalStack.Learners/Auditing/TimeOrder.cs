namespace FunctionalStack.Auditing;

/// <summary>Compares predictions of later rows with those of shuffled rows, with fits of equal size.</summary>
internal static class TimeOrder
{
    private const int Folds = 5;

    private const int Shuffles = 5;

    // Of the loss with shuffled rows; and in standard errors of the difference, if time made none.
    private const double LeastGain = 0.2;
    private const double Far = 0.5;
    private const double LeastErrors = 4;

    public static AuditCheck Of(AuditRun run, Dataset data)
    {
        if (data.Roles.Time is null) return AuditCheck.None(FindingKind.TimeLeak, "the rows have no times");
        var sample = run.Sample(data, DataAudit.MostRows, "times");
        // A fit on fewer rows is worse: each shuffled fold has as many rows as one in time.
        var timeless = new Dataset(sample.Frame, sample.Roles with { Time = null, Gap = 0 });
        return (from folds in run.Split(new FoldPlan.TimeOrdered(Folds), sample.Roles, "time folds")
                from later in run.Losses(AuditRun.Forest, timeless, folds, "later")
                from any in Outcome.All(Enumerable.Range(0, Shuffles).Select(time => run.Losses(AuditRun.Forest, timeless,
                    EquatableArray.From(folds.Select((fold, i) => Shuffled(run, fold, sample.RowCount, Folds * time + i))),
                    $"any time {time}")))
                select Compared(data.Target, later, any)).Match(
            check => check,
            failure => AuditCheck.None(FindingKind.TimeLeak, $"{failure}"));
    }

    private static AuditCheck Compared(Target target, EquatableArray<double> later, EquatableArray<EquatableArray<double>> any)
    {
        double[] means = [.. later.Select((_, fold) => any.Average(time => time[fold]))];
        var usual = means.Average();
        var mean = later.Average() - usual;
        // The deviation of a fold's loss from one shuffle to the next.
        var deviation = Math.Sqrt(any.Sum(time => time.Zip(means, (loss, own) => (loss - own) * (loss - own)).Sum())
            / (means.Length * (Shuffles - 1)));
        var error = deviation * Math.Sqrt((1 + 1.0 / Shuffles) / means.Length);
        var word = Metric.TitleOf(Metric.Leading(target).Name);
        var measured =
            $"{word} {AuditRun.Text(usual)} on shuffled rows, {AuditRun.Text(later.Average())} on rows later than those of the fit";
        return new(FindingKind.TimeLeak, measured, mean > LeastErrors * error && mean > LeastGain * usual
            ? EquatableArray.Of(new Finding(FindingKind.TimeLeak, mean > Far * usual ? Severity.High : Severity.Mid, default,
                $"later rows are predicted worse than shuffled folds show ({measured}).",
                "Judge by folds in the order of time, and look for columns that tell when a row was recorded."))
            : default);
    }

    private static Fold Shuffled(AuditRun run, Fold fold, int rows, int number)
    {
        var all = run.Seed.Fork("any time").Fork(number).Permutation(rows);
        return new(EquatableArray.From(all.Take(fold.Train.Count).Order()),
            EquatableArray.From(all.Skip(fold.Train.Count).Take(fold.Holdout.Count).Order()));
    }
}
