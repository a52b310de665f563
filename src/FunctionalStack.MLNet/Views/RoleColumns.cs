namespace FunctionalStack.MLNet;

/// <summary>The roles of a dataset as columns.</summary>
internal static class RoleColumns
{
    /// <summary>The target, and the roles that the dataset has.</summary>
    public static IEnumerable<NamedColumn> Of(Dataset data, string label)
    {
        yield return new(label, data.Target is Target.Classes classes
            ? new Column.Categorical(classes.Levels, classes.Codes) : new Column.Numeric(((Target.Numeric)data.Target).Values));
        if (data.Roles.Weights is { } weights) yield return new("Weight", new Column.Numeric(weights));
        if (data.Roles.Groups is { } groups) yield return new("Group", Whole(groups));
        if (data.Roles.Folds is { } folds) yield return new("Fold", Whole(folds));
        if (data.Roles.Time is { } time) yield return new("Time", new Column.Numeric(time));
    }

    private static Column.Numeric Whole(EquatableArray<int> numbers) => new(EquatableArray.From(numbers.Select(number => (double)number)));
}
