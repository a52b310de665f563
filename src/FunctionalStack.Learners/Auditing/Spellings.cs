namespace FunctionalStack.Auditing;

/// <summary>Levels that differ only in case or spaces.</summary>
internal static class Spellings
{
    public static AuditCheck Of(Dataset data)
    {
        var columns = data.Frame.Columns.Where(column => column.Column is Column.Categorical categories && !Texts.Are(categories))
            .Select(column => (column.Name, Levels: ((Column.Categorical)column.Column).Levels, Severity: Severity.Mid));
        var target = data.Target is Target.Classes classes
            ? new[] { (Name: data.Roles.TargetName, classes.Levels, Severity: Severity.High) } : [];
        var found = columns.Concat(target).SelectMany(column => Of(column.Name, column.Levels, column.Severity)).ToArray();
        return new(FindingKind.MixedSpellings, found.Length == 0 ? "no levels differ only in case or spaces"
            : $"{found.Length} columns have such levels", EquatableArray.From(found));
    }

    private static IEnumerable<Finding> Of(string column, EquatableArray<string> levels, Severity severity)
    {
        string[] mixed = [.. levels.GroupBy(Same).Where(alike => alike.Count() > 1)
            .Select(alike => string.Join(" = ", alike.Select(level => $"'{level}'")))];
        if (mixed.Length > 0)
        {
            yield return new(FindingKind.MixedSpellings, severity, [column],
                $"'{column}' has levels that differ only in case or spaces: {Listed.Some(mixed)}.", "Give them one spelling.");
        }
    }

    private static string Same(string level) =>
        string.Join(' ', level.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
