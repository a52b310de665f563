namespace FunctionalStack.Auditing;

/// <summary>What an audit can find.</summary>
public enum FindingKind
{
    /// <summary>A column that alone predicts the target, or nearly does.</summary>
    TargetCopy,

    /// <summary>A column that numbers or names the rows.</summary>
    IdLike,

    /// <summary>Rows with equal features.</summary>
    DuplicateRows,

    /// <summary>A column whose values mark rows that belong together, so that shuffled folds are optimistic.</summary>
    GroupLeak,

    /// <summary>Predictions of later rows are far worse than shuffled folds show.</summary>
    TimeLeak,

    /// <summary>The learner predicts permuted targets better than chance.</summary>
    Noise,

    /// <summary>The rows to be predicted differ from the training rows.</summary>
    Drift,

    /// <summary>A class with too few rows for cross-validation, or with none.</summary>
    RareClass,

    /// <summary>A column with one value.</summary>
    Constant,

    /// <summary>Levels that differ only in case or spaces.</summary>
    MixedSpellings,

    /// <summary>Rows whose predicted class, out of fold, is another one with a high probability.</summary>
    MislabelledRows,
}

/// <summary>How much a finding can change what a score means.</summary>
public enum Severity
{
    /// <summary>Scores or predictions cannot be trusted before this is corrected.</summary>
    High,

    /// <summary>Look at it before the scores are used.</summary>
    Mid,

    /// <summary>Harmless for scores.</summary>
    Low,
}

/// <summary>One finding of an audit.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Columns">The columns that it is about; empty for one about rows or the target.</param>
/// <param name="What">What was measured, in words.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Finding(FindingKind Kind, Severity Severity, EquatableArray<string> Columns, string What, string Remedy)
{
    /// <summary>The rows that it is about, ascending, as indices into the audited rows; empty for one about columns.</summary>
    public EquatableArray<int> Rows { get; init; }
}

/// <summary>One check of an audit.</summary>
/// <param name="Kind">What it looks for.</param>
/// <param name="Measured">What was measured, or why the check did not apply.</param>
/// <param name="Findings">What it found; empty if nothing.</param>
public sealed record AuditCheck(FindingKind Kind, string Measured, EquatableArray<Finding> Findings)
{
    /// <summary>Whether the check was made. It is not if the data has nothing to check, or if its fits failed.</summary>
    public bool Ran { get; init; } = true;

    internal static AuditCheck None(FindingKind kind, string reason) => new(kind, reason, default) { Ran = false };
}

/// <summary>The result of an audit: all checks, in the order of <see cref="FindingKind"/>.</summary>
/// <param name="Checks">The checks.</param>
public sealed record AuditReport(EquatableArray<AuditCheck> Checks)
{
    /// <summary>All findings, the most severe first.</summary>
    public EquatableArray<Finding> Findings =>
        EquatableArray.From(Checks.SelectMany(check => check.Findings).OrderBy(finding => finding.Severity));

    /// <summary>The findings, one line each.</summary>
    public override string ToString() => Findings.Count == 0
        ? "nothing found"
        : string.Join('\n', Findings.Select(finding =>
            $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.What} {finding.Remedy}"));
}
