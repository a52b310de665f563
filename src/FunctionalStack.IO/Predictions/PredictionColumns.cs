namespace FunctionalStack.IO;

/// <summary>Predictions as the columns of a file.</summary>
internal static class PredictionColumns
{
    /// <summary>The id column, if any, the prediction under the name of the target, if requested the columns <c>P(level)</c>, and
    /// <paramref name="more"/>.</summary>
    public static NamedColumn[] Of(string target, Prediction prediction, NamedColumn? ids, bool probabilities,
        EquatableArray<NamedColumn> more = default) =>
    [
        .. ids is null ? Array.Empty<NamedColumn>() : [ids],
        new(target, prediction switch
        {
            Prediction.Probabilities p => new Column.Categorical(p.Levels, p.Codes()),
            Prediction.Numeric numeric => new Column.Numeric(numeric.Values),
            _ => throw new InvalidOperationException(),
        }),
        .. probabilities && prediction is Prediction.Probabilities
            ? new StackColumns().Columns(target, prediction).Columns.Select(c => c with { Name = c.Name[(target.Length + 1)..] }) : [],
        .. more,
    ];

    /// <summary>The columns <c>TARGET:lower</c> and <c>TARGET:upper</c>.</summary>
    public static EquatableArray<NamedColumn> Of(string target, Intervals intervals) =>
    [
        new($"{target}:lower", new Column.Numeric(intervals.Lower)),
        new($"{target}:upper", new Column.Numeric(intervals.Upper)),
    ];

    /// <summary>The column <c>set</c>.</summary>
    public static EquatableArray<NamedColumn> Of(PredictionSets sets) =>
    [
        new("set", Column.Categorical.Of([.. Enumerable.Range(0, sets.Count).Select(row => Joined(sets.Of(row)))])),
    ];

    /// <summary>The levels separated by <c>|</c>. A <c>|</c> or a backslash inside a level follows a backslash, so that the levels can be
    /// read back.</summary>
    public static string Joined(EquatableArray<string> levels) =>
        string.Join('|', levels.Select(level => level.Replace(@"\", @"\\").Replace("|", @"\|")));

    /// <summary>The ids of a table: the column <paramref name="asked"/>, or that of the model's card if the table has it.</summary>
    public static Outcome<NamedColumn?> Ids(string? asked, ModelCard card, Table table) =>
        (asked ?? (card.IdColumn is { } known && table.Header.Contains(known) ? known : null)) is { } name
            ? DatasetReader.Ids(table, name).Map<NamedColumn?>(strings => new(name, Column.Categorical.Of([.. strings])))
            : Outcome.Ok<NamedColumn?>(null);
}
