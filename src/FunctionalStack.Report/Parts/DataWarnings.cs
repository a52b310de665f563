using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>What may be wrong with rows, in plain words.</summary>
internal static class DataWarnings
{
    // Fewer rows of a class than this give scores of little meaning.
    private const int FewRows = 10;
    private const int MostNames = 8;
    private const double MostMissing = 0.5;

    /// <summary>One sentence for each kind of finding.</summary>
    public static EquatableArray<string> Of(Dataset data)
    {
        var (frame, rows) = (data.Frame, data.RowCount);
        var constant = frame.Columns.Where(column => Distinct(column.Column) == 1).Select(column => column.Name).ToArray();
        var without = frame.Columns.Where(column => rows > 0 && DataPart.MissingIn(column.Column) == rows).Select(column => column.Name)
            .ToArray();
        var sparse = frame.Columns.Where(column => DataPart.MissingIn(column.Column) is var missing && missing > MostMissing * rows
            && missing < rows).Select(column => column.Name).ToArray();
        // A feature of a date, such as its days, differs between rows without being an id.
        var ids = frame.Columns.Where(column => column.Source == column.Name && IsLikeId(column.Column)).Select(column => column.Name)
            .ToArray();
        return EquatableArray.From(Classes(data.Target).Concat((string[])
        [
            .. Sentence(without, "no value at all. Drop"),
            .. Sentence(constant, "a single value, which no model can use. Drop"),
            .. Sentence(ids, "a different value in almost every row, like an id. If so, it says nothing about new rows. Drop"),
            .. Sentence(sparse, "no value in more than half of the rows. Check whether the reason is known at prediction time; if not, "
                + "drop"),
        ]));
    }

    private static IEnumerable<string> Sentence(string[] names, string what) => names.Length == 0 ? []
        : [$"{Names(names)} {(names.Length == 1 ? "has" : "have")} {what} {(names.Length == 1 ? "it" : "them")}."];

    private static string Names(string[] names) => string.Join(", ", names.Take(MostNames).Select(name => PlainText.Short(name, 32)))
        + (names.Length > MostNames ? $" and {names.Length - MostNames} more columns" : "");

    private static IEnumerable<string> Classes(Target target)
    {
        if (target is not Target.Classes classes) yield break;
        var mass = classes.Mass();
        var absent = classes.Levels.Where((_, code) => mass[code] == 0).ToArray();
        var rare = classes.Levels.Where((_, code) => mass[code] is > 0 and < FewRows).ToArray();
        if (absent.Length > 0) yield return $"No row has the class {Names(absent)}: it is never scored.";
        if (rare.Length > 0)
        {
            yield return $"Fewer than {FewRows} rows have the class {Names(rare)}: its scores depend on chance, and some folds may lack "
                + "it.";
        }
    }

    private static int Distinct(Column column) => column switch
    {
        Column.Numeric numbers => numbers.ToArray().Where(number => !double.IsNaN(number)).Distinct().Count(),
        Column.Categorical categories => categories.ToArray().Where(code => code >= 0).Distinct().Count(),
        _ => 0,
    };

    // Texts differ between rows by their nature, and so do measured numbers, which are not whole.
    private static bool IsLikeId(Column column)
    {
        const int least = 50;
        var given = column.Count - DataPart.MissingIn(column);
        if (given < least || Distinct(column) < 0.95 * given) return false;
        return column is Column.Numeric numbers ? numbers.ToArray().All(number => double.IsNaN(number) || number == Math.Floor(number))
            : column is Column.Categorical categories && !Texts.Are(categories);
    }
}
