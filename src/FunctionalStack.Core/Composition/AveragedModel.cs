namespace FunctionalStack;

/// <summary>Models of one kind, all of the same weight: the mean of their predictions.</summary>
/// <param name="Members">At least one.</param>
public sealed record AveragedModel(EquatableArray<IModel> Members) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Members.Count > 0 ? null : "no member";

    public Outcome<Prediction> Predict(Frame rows) =>
        Members.PredictEach(rows).Map(predictions => Prediction.Mean(predictions));

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);
}

/// <summary>Several models of the same rows.</summary>
public static class ModelList
{
    /// <summary>What each model predicts, in order; fails as the first of them that does.</summary>
    public static Outcome<EquatableArray<Prediction>> PredictEach(this EquatableArray<IModel> models, Frame rows) =>
        Outcome.All(models.Select(model => model.Predict(rows)));

    /// <summary>The columns that any of the models reads.</summary>
    public static EquatableArray<string> NeededOf(this EquatableArray<IModel> models, EquatableArray<string> columns) =>
        columns.NeededBy(models.Select(model => model.Needs(columns)));

    /// <summary>The columns that are among any of the parts' needs, in their own order.</summary>
    internal static EquatableArray<string> NeededBy(this EquatableArray<string> columns, IEnumerable<EquatableArray<string>> parts)
    {
        var needed = parts.SelectMany(part => part).ToHashSet(StringComparer.Ordinal);
        return EquatableArray.From(columns.Where(needed.Contains));
    }
}
