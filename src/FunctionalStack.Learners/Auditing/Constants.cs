namespace FunctionalStack.Auditing;

/// <summary>Columns with one value in all rows.</summary>
internal static class Constants
{
    public static AuditCheck Of(Frame frame)
    {
        string[] found = [.. frame.Columns.Where(column => Is(column.Column)).Select(column => column.Name)];
        return new(FindingKind.Constant, $"{found.Length} of {frame.Columns.Count} columns have one value", found.Length == 0 ? default
            : EquatableArray.Of(new Finding(FindingKind.Constant, Severity.Low, EquatableArray.From(found),
                $"{(found.Length == 1 ? "a column has" : $"{found.Length} columns have")} one value in all rows: {Listed.Some(found)}.",
                "Nothing needs to be done; the default preprocessing drops them.")));
    }

    private static bool Is(Column column) => column switch
    {
        Column.Numeric numbers => numbers.ToArray().Distinct().Take(2).Count() < 2,
        Column.Categorical categories => categories.ToArray().Distinct().Take(2).Count() < 2,
        _ => false,
    };
}
