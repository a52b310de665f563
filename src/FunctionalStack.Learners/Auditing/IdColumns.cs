namespace FunctionalStack.Auditing;

/// <summary>Columns that number or name the rows.</summary>
internal static class IdColumns
{
    // Of the rows: a few repeats are typing errors.
    private const double LeastDistinct = 0.98;

    // Whole numbers spread over a wider range are measurements.
    private const double MostRange = 2;

    public static AuditCheck Of(Frame frame)
    {
        var found = frame.Columns.Where(column => column.Source == column.Name && Is(column.Column)).ToArray();
        return new(FindingKind.IdLike, found.Length == 0 ? "no column names the rows" : $"{found.Length} of {frame.Columns.Count} columns",
            EquatableArray.From(found.Select(column => new Finding(FindingKind.IdLike, Severity.Mid, [column.Name],
                $"column '{column.Name}' names the rows: {(column.Column is Column.Numeric ? "whole numbers in sequence" : "categories")}, "
                    + "hardly any of which repeat.",
                "Declare it as the column of row ids, so that it is no feature."))));
    }

    private static bool Is(Column column) => column switch
    {
        Column.Numeric numbers => InSequence(numbers.ToArray()),
        // Texts differ in every row too, but tell more than which row it is.
        Column.Categorical categories => !Texts.Are(categories) && Distinct(categories.ToArray(), code => code >= 0),
        _ => false,
    };

    private static bool InSequence(double[] values)
    {
        var present = Array.FindAll(values, value => !double.IsNaN(value));
        return Array.TrueForAll(present, value => value == Math.Floor(value))
            && Distinct(values, value => !double.IsNaN(value)) && present.Max() - present.Min() <= MostRange * values.Length;
    }

    private static bool Distinct<T>(T[] values, Predicate<T> present)
    {
        var some = Array.FindAll(values, present);
        return some.Length >= LeastDistinct * values.Length && some.Distinct().Count() >= LeastDistinct * some.Length;
    }
}
