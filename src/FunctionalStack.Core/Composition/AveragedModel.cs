namespace FunctionalStack;

/// <summary>Models of one kind, all of the same weight: the mean of their predictions.</summary>
/// <param name="Members">At least one.</param>
public sealed record AveragedModel(Values<IModel> Members) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Members.Count > 0 ? null : "no member";

    public Outcome<Prediction> Predict(Frame rows) =>
        Members.PredictEach(rows).Map(predictions => Prediction.Mean(predictions));

    public Values<string> Needs(Values<string> columns) => Members.NeededOf(columns);
}

/// <summary>Several models of the same rows.</summary>
public static class ModelList
{
    /// <summary>What each model predicts, in order; fails as the first of them that does.</summary>
    public static Outcome<Values<Prediction>> PredictEach(this Values<IModel> models, Frame rows) =>
        Outcome.All(models.Select(model => model.Predict(rows)));

    /// <summary>The columns that any of the models reads.</summary>
    public static Values<string> NeededOf(this Values<IModel> models, Values<string> columns) =>
        columns.NeededBy(models.Select(model => model.Needs(columns)));

    /// <summary>The columns that are among any of the parts' needs, in their own order.</summary>
    internal static Values<string> NeededBy(this Values<string> columns, IEnumerable<Values<string>> parts)
    {
        var needed = parts.SelectMany(part => part).ToHashSet(StringComparer.Ordinal);
        return Values.From(columns.Where(needed.Contains));
    }
}
