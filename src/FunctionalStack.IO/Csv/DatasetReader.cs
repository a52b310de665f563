namespace FunctionalStack.IO;

/// <summary>Turns a table into features and roles.</summary>
public static class DatasetReader
{
    /// <summary>The file at <paramref name="path"/>, read by <see cref="Table.Read(string)"/> and then as below.</summary>
    public static Outcome<TrainingTable> Read(string path, TableRoles roles) => Table.Read(path).Bind(table => Read(table, roles));

    /// <summary>
    /// Fails where a column is absent, where one column plays the target and another part, where a target, weight, group or
    /// fold is missing, where a weight is negative or all are 0, where the target has one class or the fold column one fold,
    /// where no feature is left, and as <see cref="Table.Frame(Values{string}, Values{string})"/> does.
    /// </summary>
    public static Outcome<TrainingTable> Read(Table table, TableRoles roles)
    {
        if (RefuseRoles(table, roles) is { } refusal) return refusal;
        string[] taken = [roles.Target, .. new[] { roles.Id, roles.Weights, roles.Groups, roles.FoldColumn }.OfType<string>()];
        if (taken.Distinct().Count() == table.Header.Count)
        {
            return Refuse(table.Name, "has no feature column", "Add columns beside the target and the other roles.");
        }

        return from target in TargetReader.Read(table, roles.Target, roles.Kind)
               from ids in Optional(roles.Id, name => Ids(table, name))
               from weights in Optional(roles.Weights, name => Weights(table, name).Map(given => RowWeights.Frequencies(given, roles.WeightKind)))
               from groups in Optional(roles.Groups, name => Codes(table, name, "group").Map(codes => codes.Codes))
               from folds in Optional(roles.FoldColumn, name => Folds(table, name))
               from frame in table.Frame(Values.From(roles.Categorical.Except(taken)), Values.From(taken.Distinct()))
               select new TrainingTable(new(frame, new Roles(target, weights, groups, folds)), Schema.Of(frame), ids);
    }

    /// <summary>The words of an id column, empty where missing.</summary>
    public static Outcome<Values<string>> Ids(Table table, string name) => table.Words(name).Map(words => Values.From(words.Select(word => word ?? "")));

    private static Outcome<TrainingTable>? RefuseRoles(Table table, TableRoles roles)
    {
        (string What, string? Name)[] all = [("target", roles.Target), ("id", roles.Id), ("weights", roles.Weights), ("groups", roles.Groups), ("fold", roles.FoldColumn)];
        foreach (var (what, name) in all)
        {
            if (name is null) continue;
            if (table.Find(name) is Outcome<int>.Fail absent) return new Outcome<TrainingTable>.Fail(absent.Failure with { What = $"has no {what} column '{name}'" });
            if (what != "target" && name == roles.Target) return Refuse(table.Name, $"'{name}' is both the target and the {what} column", "Give each its own column.");
        }

        return roles.Categorical.Select(table.Find).OfType<Outcome<int>.Fail>().FirstOrDefault() is { } unknown ? new Outcome<TrainingTable>.Fail(unknown.Failure) : null;
    }

    private static Outcome<Values<double>> Weights(Table table, string name) =>
        table.Column(name, ColumnKind.Numeric).Bind(column =>
        {
            var weights = ((Column.Numeric)column).ToArray();
            for (var row = 0; row < weights.Length; row++)
            {
                if (weights[row] >= 0) continue;
                return Outcome.Fail<Values<double>>(table.Where(row, name), double.IsNaN(weights[row]) ? "the weight is missing" : $"the weight is {weights[row]:R}", "Give every row a weight of at least 0.");
            }

            return weights.Any(weight => weight > 0)
                ? Outcome.Ok(Values.Own(weights))
                : Outcome.Fail<Values<double>>($"{table.Name}, column {name}", "every weight is 0", "Give some rows a weight above 0.");
        });

    private static Outcome<Values<int>> Folds(Table table, string name) => Codes(table, name, "fold").Bind(codes => codes.Levels.Count > 1
        ? Outcome.Ok(codes.Codes)
        : Outcome.Fail<Values<int>>($"{table.Name}, column {name}", $"holds only one fold, '{codes.Levels[0]}'", "Give at least two different folds."));

    private static Outcome<Target.Classes> Codes(Table table, string name, string what) =>
        TargetReader.Complete(table, name, what).Map(TargetReader.Classes);

    // A role that is not named is no failure.
    private static Outcome<T?> Optional<T>(string? name, Func<string, Outcome<T>> read) where T : struct =>
        name is null ? Outcome.Ok<T?>(null) : read(name).Map(value => (T?)value);

    private static Outcome<TrainingTable> Refuse(string where, string what, string mend) => Outcome.Fail<TrainingTable>(where, what, mend);
}
