using System.Text;

namespace FunctionalStack.IO;

/// <summary>Decides whether a target column holds classes or values, and reads it.</summary>
internal static class TargetReader
{
    /// <summary>As many different integers are taken for classes.</summary>
    private const int MostIntegerClasses = 20;

    public static Outcome<Target> Read(Table table, string name, TargetKind? kind) =>
        from words in Complete(table, name, "target")
        from column in table.Column(name, kind switch { TargetKind.Classes => ColumnKind.Categorical, TargetKind.Values => ColumnKind.Numeric, _ => null })
        from target in Read(table, name, words, column, kind)
        select target;

    /// <summary>The words of a column that may not have gaps.</summary>
    public static Outcome<Values<string>> Complete(Table table, string name, string what) => table.Words(name).Bind(words =>
    {
        var missing = words.Count(word => word is null);
        if (missing == 0) return Outcome.Ok(Values.From(words.Select(word => word!)));
        var first = words.Select((word, row) => (word, row)).First(pair => pair.word is null).row;
        return Outcome.Fail<Values<string>>(table.Where(first, name), missing == 1 ? $"the {what} is missing" : $"the {what} is missing, here and in {missing - 1} more of {words.Count} rows", "Fill or delete those rows.");
    });

    /// <summary>Classes of the words as they are written; levels in order of number if all are numbers, else in ordinal order.</summary>
    public static Target.Classes Classes(Values<string> words)
    {
        var found = words.Distinct().Order(StringComparer.Ordinal).ToArray();
        var numbers = found.Select(Number).ToArray();
        var levels = numbers.All(number => number is not null) ? [.. found.Zip(numbers).OrderBy(pair => pair.Second).Select(pair => pair.First)] : found;
        var codeOf = levels.Select((level, code) => (level, code)).ToDictionary(pair => pair.level, pair => pair.code, StringComparer.Ordinal);
        return new(Values.Own(levels), Values.From(words.Select(word => codeOf[word])));
    }

    private static Outcome<Target> Read(Table table, string name, Values<string> words, Column column, TargetKind? kind)
    {
        if (column is Column.Numeric numeric && (kind == TargetKind.Values || !AreFewIntegers(numeric)))
        {
            return Outcome.Ok<Target>(new Target.Values(Values.Own(numeric.ToArray())));
        }

        var classes = Classes(words);
        if (classes.Levels.Count == 1) return Outcome.Fail<Target>($"{table.Name}, column {name}", $"every row is of one class, '{classes.Levels[0]}'", "Give rows of at least two classes.");
        return column is Column.Numeric && classes.Levels.Count > 2
            ? new Outcome<Target>.Ok(classes, [$"the target '{name}' holds {classes.Levels.Count} different integers, which are taken for classes"])
            : Outcome.Ok<Target>(classes);
    }

    private static bool AreFewIntegers(Column.Numeric numeric)
    {
        var seen = new HashSet<double>();
        foreach (var number in numeric.ToArray())
        {
            if (number != Math.Floor(number) || (seen.Add(number) && seen.Count > MostIntegerClasses)) return false;
        }

        return true;
    }

    private static double? Number(string word) => Cell.Read(Encoding.UTF8.GetBytes(word), out var number) == CellKind.Number ? number : null;
}
