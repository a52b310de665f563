using FunctionalStack.IO;

namespace FunctionalStack.Demos;

/// <summary>
/// Reads the passengers of a file in either of two formats: Kaggle's (<c>Pclass</c> 1, <c>Survived</c> 0) or the embedded
/// one (<c>pclass</c> 1st, <c>survived</c> died). Columns get lower-case names.
/// </summary>
public static class TitanicPassengers
{
    /// <summary>The classes, in order.</summary>
    public static EquatableArray<string> Fates => ["died", "survived"];

    private static readonly string[] Numbers = ["pclass", "age", "sibsp", "parch", "fare"];
    private static readonly string[] Strings = ["sex", "name", "ticket", "cabin", "embarked"];
    private static readonly string[] Needed = ["pclass", "sex", "age", "sibsp", "parch"];

    /// <summary>The known columns, in a fixed order; other columns are dropped. Fails if one of the five required columns is
    /// missing.</summary>
    public static Outcome<Frame> Features(Table table)
    {
        var absent = Needed.FirstOrDefault(name => Spelled(table, name) is null);
        return absent is not null
            ? Outcome.Fail<Frame>(table.Name, $"has no column '{absent}'",
                $"Give a file of passengers with the columns {string.Join(", ", Needed)}.")
            : Outcome.All(Numbers.Select(name => Number(table, name))
                .Concat(Strings.Select(name => Categories(table, name))).OfType<Outcome<NamedColumn>>())
                .Map(columns => new Frame(table.RowCount, columns));
    }

    /// <summary>The target: who survived. Fails if the column is absent or a value is missing.</summary>
    public static Outcome<Target.Classes> Target(Table table) =>
        from name in Outcome.Ok(Spelled(table, "survived") ?? "Survived")
        from words in table.Words(name)
        from codes in Outcome.All(words.Select((word, row) => word switch
        {
            "0" or "died" => Outcome.Ok(0),
            "1" or "survived" => Outcome.Ok(1),
            _ => Outcome.Fail<int>(table.Where(row, name), word is null ? "is missing" : $"is '{word}'", "Write 0 or 1."),
        }))
        select new Target.Classes(Fates, codes);

    /// <summary>The header of column <paramref name="name"/> as the file spells it (case-insensitive), or null if there is none.</summary>
    public static string? Spelled(Table table, string name) =>
        table.Header.FirstOrDefault(own => own.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Outcome<NamedColumn>? Number(Table table, string name) => Spelled(table, name) is not { } own ? null
        : name == "pclass"
        ? table.Words(own).Map(words => new NamedColumn(name, new Column.Numeric(EquatableArray.From(words.Select(ClassOf)))))
        : table.Column(own, ColumnKind.Numeric).Map(column => new NamedColumn(name, column));

    private static Outcome<NamedColumn>? Categories(Table table, string name) => Spelled(table, name) is not { } own ? null
        : table.Words(own).Map(words => new NamedColumn(name, Column.Categorical.Of(words.ToArray())));

    // Both "1" and "1st".
    private static double ClassOf(string? word) => word is [>= '1' and <= '3', ..] ? word[0] - '0' : double.NaN;
}
