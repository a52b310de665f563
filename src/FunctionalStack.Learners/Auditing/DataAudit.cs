namespace FunctionalStack.Auditing;

/// <summary>Looks for leaks and traps in data before its scores are believed.</summary>
public static class DataAudit
{
    /// <summary>With fewer rows nothing can be distinguished from chance.</summary>
    public const int LeastRows = 20;

    /// <summary>The largest number of rows that checks with many fits use, drawn by the seed.</summary>
    public const int MostRows = 5000;

    /// <summary>
    /// Audits rows, and a learner on them. Columns are examined alone and together, always by predictions of held-out rows. The checks
    /// are those of <see cref="FindingKind"/>. Checks of single columns use all rows, those that fit the learner or forests at most
    /// <see cref="MostRows"/>.
    /// </summary>
    /// <param name="learner">The learner that will be used: it is cross-validated on the targets, for rows that look mislabelled, and on
    /// permuted targets, which no learner can predict.</param>
    /// <param name="data">The rows, with groups, times and weights if they have any.</param>
    /// <param name="seed">The seed of all draws and fits.</param>
    /// <param name="test">Rows to be predicted later, with the columns of <paramref name="data"/>; null if there are none.</param>
    /// <param name="executor">Makes the fits; null for the calling thread. The report does not depend on it.</param>
    /// <param name="progress">Reports each check when it ends; null for none.</param>
    /// <param name="cancellation">Stops the audit between two fits.</param>
    /// <returns>The report. Fails if the learner cannot be fitted to such rows (<see cref="Fitting"/>), or if there are fewer
    /// than <see cref="LeastRows"/>. A check whose own fits fail is reported as not made, with the reason.</returns>
    public static Outcome<AuditReport> Audit(this ILearner learner, Dataset data, Seed seed, Frame? test = null,
        IExecutor? executor = null, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (data.RowCount < LeastRows)
        {
            return Outcome.Fail<AuditReport>("the data", $"has {data.RowCount} rows, too few for an audit",
                $"Give at least {LeastRows} rows.");
        }

        if (learner.Refuse<AuditReport>(data) is { } refused) return refused;
        var run = new AuditRun(executor ?? Executor.Inline, seed, cancellation);
        var ids = IdColumns.Of(data.Frame);
        // Names of rows hide duplicates and drift, and are reported once.
        var named = data.WithFrame(data.Frame.Without([.. ids.Findings.SelectMany(finding => finding.Columns)
            .SelectMany(source => data.Frame.Columns.Where(column => column.Source == source).Select(column => column.Name))]));
        Func<AuditCheck>[] checks =
        [
            () => TargetCopies.Of(run, data),
            () => ids,
            () => Duplicates.Of(named),
            () => HiddenGroups.Of(run, data),
            () => TimeOrder.Of(run, data),
            () => PermutedTargets.Of(run, learner, data),
            () => Drifts.Of(run, named, test),
            () => ClassCounts.Of(data.Target),
            () => Constants.Of(data.Frame),
            () => Spellings.Of(data),
            () => Mislabelled.Of(run, learner, data),
        ];
        return Outcome.Ok(new AuditReport(EquatableArray.From(checks.Select((check, i) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var made = check();
            progress?.Report(new(i + 1, checks.Length, made.Kind.ToString()));
            return made;
        }))));
    }
}
