namespace FunctionalStack.Auditing;

/// <summary>Classes with few rows or none.</summary>
internal static class ClassCounts
{
    // Fewer than the usual folds: some fold holds out none, or trains on none.
    private const int Least = 5;

    public static AuditCheck Of(Target target)
    {
        if (target is not Target.Classes classes) return AuditCheck.None(FindingKind.RareClass, "the target is numeric");
        var counts = new int[classes.Levels.Count];
        foreach (var code in classes.Codes.AsSpan()) counts[code]++;
        return new(FindingKind.RareClass, $"{counts.Length} classes of {counts.Min()} to {counts.Max()} rows",
            EquatableArray.From(counts.Select((count, code) => (count, level: classes.Levels[code])).Where(one => one.count < Least)
                .Select(one => new Finding(FindingKind.RareClass, one.count == 0 ? Severity.Low : Severity.Mid, default,
                    one.count == 0
                        ? $"class '{one.level}' has no rows: it is never predicted."
                        : $"class '{one.level}' has {one.count} {(one.count == 1 ? "row" : "rows")}: some folds train or score without it.",
                    one.count == 0 ? "Remove it, or add rows of it." : "Add rows of it, or merge it with another class."))));
    }
}
