namespace FunctionalStack.IO;

/// <summary>Decides whether a target column is for classification or regression, and reads it.</summary>
internal static class TargetReader
{
    /// <summary>At most this many different integers are read as classes.</summary>
    private const int MostIntegerClasses = 20;

    public static Outcome<Target> Read(Table table, string name, TargetKind? kind, ColumnRead read, EquatableArray<string> missing)
    {
        if (Enumerable.Range(0, read.Column.Count).FirstOrDefault(read.Column.IsMissing, -1) is var first and >= 0)
        {
            return Missing<Target>(table, name, "target", first, Enumerable.Range(0, read.Column.Count).Count(read.Column.IsMissing));
        }

        if (read.Column is Column.Numeric numeric && (kind == TargetKind.Values || !AreFewIntegers(numeric)))
        {
            return Outcome.Ok<Target>(new Target.Numeric(EquatableArray.Own(numeric.ToArray())));
        }

        return Complete(table, name, "target", missing).Bind(texts => Labels(name, texts)).Bind(classes =>
            classes.Levels.Count == 1
                ? Outcome.Fail<Target>($"{table.Name}, column {name}", $"every row is of one class, '{classes.Levels[0]}'",
                    "Give rows of at least two classes.")
                : classes.Levels.Count == classes.Count && classes.Count > MostIntegerClasses
                ? Outcome.Fail<Target>($"{table.Name}, column {name}",
                    $"each of its {classes.Count} values occurs once, so no class has two rows",
                    "Give a column of classes or of numbers (--target COLUMN).")
                : read.Column is Column.Numeric && classes.Levels.Count > 2
                    ? new Outcome<Target>.Ok(classes,
                        [$"the target '{name}' holds {classes.Levels.Count} different integers, which are read as classes"])
                    : Outcome.Ok<Target>(classes));
    }

    /// <summary>The target with its classes in the order of the roles, if they give one.</summary>
    public static Outcome<Target> InOrder(Table table, TableRoles roles, Target target) =>
        roles.Order.Count == 0 || target is not Target.Classes classes ? Outcome.Ok(target)
            : classes.InOrder(roles.Order).Map<Target>(ordered => ordered).At($"{table.Name}, column {roles.Target}");

    /// <summary>The targets of labelled rows for a model, as a column with the levels of the model before others.</summary>
    public static Outcome<Column> Labels(Table table, string name, EquatableArray<string> levels, TextOptions text) => levels.Count > 0
        ? table.Words(name, text.Missing)
            .Bind(words => new Schema([new ColumnSchema.Categorical(name, levels)])
                .Conform(Frame.Of((name, Column.Categorical.Of([.. words])))).WithoutNotes())
            .Map(frame => frame.Columns[0].Column)
        : table.Column(name, ColumnKind.Numeric, text);

    /// <summary>The target of these labels, none of which is missing.</summary>
    public static Target Target(Column labels) => labels is Column.Categorical classes
        ? new Target.Classes(classes.Levels, EquatableArray.Own(classes.ToArray()))
        : new Target.Numeric(EquatableArray.Own(((Column.Numeric)labels).ToArray()));

    /// <summary>The text of a column that must not have missing values.</summary>
    public static Outcome<EquatableArray<string>> Complete(Table table, string name, string what, EquatableArray<string> missing) =>
        table.Words(name, missing).Bind(texts =>
        texts.Count(text => text is null) is var holes and > 0
            ? Missing<EquatableArray<string>>(table, name, what,
                texts.Select((text, row) => (text, row)).First(pair => pair.text is null).row, holes)
            : Outcome.Ok(EquatableArray.From(texts.Select(text => text!))));

    /// <summary>The classes of a column as they are written. Levels are in numeric order if all are numbers, otherwise in ordinal
    /// order.</summary>
    public static Target.Classes Classes(EquatableArray<string> texts)
    {
        var found = texts.Distinct().Order(StringComparer.Ordinal).ToArray();
        var numbers = found.Select(Word.Number).ToArray();
        var levels = numbers.All(number => number is not null)
            ? [.. found.Zip(numbers).OrderBy(pair => pair.Second).Select(pair => pair.First)] : found;
        var codeOf = levels.Select((level, code) => (level, code))
            .ToDictionary(pair => pair.level, pair => pair.code, StringComparer.Ordinal);
        return new(EquatableArray.Own(levels), EquatableArray.From(texts.Select(text => codeOf[text])));
    }

    // Labels of the same number, such as 1, 1.0 and 01, are one class with its most frequent spelling.
    private static Outcome<Target.Classes> Labels(string name, EquatableArray<string> texts)
    {
        var counts = texts.CountBy(text => text).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var spelling = counts.Keys.ToDictionary(text => text, text => text, StringComparer.Ordinal);
        var notes = new List<Note>();
        var numbers = counts.Keys.Where(text => NumberText.TryExact(text, out _)).GroupBy(Exact);
        foreach (var alike in numbers.Where(alike => alike.Count() > 1).OrderBy(alike => alike.Key))
        {
            var all = alike.OrderByDescending(text => counts[text]).ThenBy(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)
                .ToArray();
            foreach (var other in all) spelling[other] = all[0];
            var others = string.Join(", ", all.Skip(1).Select(other => $"'{other}' ({counts[other]} rows)"));
            notes.Add(new($"column '{name}'", $"{others} and '{all[0]}' are one class, '{all[0]}'"));
        }

        return new Outcome<Target.Classes>.Ok(Classes(EquatableArray.From(texts.Select(text => spelling[text]))),
            EquatableArray.From(notes));
    }

    private static double Exact(string text) => NumberText.TryExact(text, out var number) ? number : double.NaN;

    private static Outcome<T> Missing<T>(Table table, string name, string what, int first, int count) => Outcome.Fail<T>(
        table.Where(first, name),
        count == 1 ? $"the {what} is missing" : $"the {what} is missing, here and in {count - 1} more of {table.RowCount} rows",
        "Fill or delete those rows.");

    private static bool AreFewIntegers(Column.Numeric numeric)
    {
        var seen = new HashSet<double>();
        foreach (var number in numeric.ToArray())
        {
            if (number != Math.Floor(number) || (seen.Add(number) && seen.Count > MostIntegerClasses)) return false;
        }

        return true;
    }
}
