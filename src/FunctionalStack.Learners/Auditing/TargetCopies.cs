namespace FunctionalStack.Auditing;

/// <summary>Columns that alone predict the target of held-out rows.</summary>
internal static class TargetCopies
{
    // Of the rows outside of the most frequent class, or of the variance, of which trees leave some at the ends.
    private static readonly (double Copy, double Nearly) ofRows = (0.99, 0.96);
    private static readonly (double Copy, double Nearly) ofVariance = (0.97, 0.94);

    // A share of fewer rows is too coarse.
    private const int LeastOthers = 5;

    public static AuditCheck Of(AuditRun run, Dataset data)
    {
        if (data.Target is Target.Classes classes && Others(classes) < LeastOthers)
            return AuditCheck.None(FindingKind.TargetCopy, $"fewer than {LeastOthers} rows are outside of the most frequent class");
        var least = data.Target is Target.Classes ? ofRows : ofVariance;
        var found = Outcome.All(AuditRun.Sources(data.Frame).Select(one =>
            run.CrossValidated(AuditRun.Column, data.WithFrame(one.Frame), $"column {one.Source}").WithoutNotes()
                .Map(model => (one.Source, Share: Explained(data.Target, model.OutOfFold)))));
        return found.Match(
            columns => new AuditCheck(FindingKind.TargetCopy, Measured(data.Target, columns),
                EquatableArray.From(columns.Where(one => one.Share >= least.Nearly).OrderByDescending(one => one.Share)
                    .Select(one => Found(data.Target, one.Source, one.Share, one.Share >= least.Copy)))),
            failure => AuditCheck.None(FindingKind.TargetCopy, $"{failure}"));
    }

    private static string Measured(Target target, EquatableArray<(string Source, double Share)> columns) => columns.Count == 0
        ? "there are no columns"
        : columns.MaxBy(one => one.Share) is var (source, share)
            ? $"'{source}' alone predicts most: {Of(target, share)}, out of fold" : "";

    private static string Of(Target target, double share) => target is Target.Classes
        ? $"{AuditRun.Percent(Math.Max(share, 0))} of the rows outside of the most frequent class (errors on others subtracted)"
        : $"{AuditRun.Percent(Math.Max(share, 0))} of the variance";

    private static Finding Found(Target target, string source, double share, bool isCopy) => new(FindingKind.TargetCopy,
        isCopy ? Severity.High : Severity.Mid, [source],
        $"column '{source}' alone {(isCopy ? "gives the target away" : "nearly gives the target away")}: {Of(target, share)}, "
            + "out of fold.",
        "If its value is only known after the target is, leave it out.");

    // 1 minus the errors over those of predicting the most frequent class, or the mean.
    private static double Explained(Target target, OutOfFold found)
    {
        var actual = target.Take(found.Rows);
        return (actual, found.Prediction) switch
        {
            (Target.Classes classes, Prediction.Probabilities predicted) =>
                1 - (double)classes.Codes.Zip(predicted.Codes()).Count(pair => pair.First != pair.Second) / Math.Max(Others(classes), 1),
            (Target.Numeric numbers, Prediction.Numeric predicted) => ValueMetrics.R2(numbers, predicted),
            _ => double.NaN,
        };
    }

    private static int Others(Target.Classes classes) => classes.Count - classes.Codes.CountBy(code => code).Max(one => one.Value);
}
