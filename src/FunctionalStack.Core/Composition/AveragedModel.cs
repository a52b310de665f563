namespace FunctionalStack;

/// <summary>Predicts the unweighted mean of several models' predictions.</summary>
/// <param name="Members">At least one model, all for the same kind of target.</param>
public sealed record AveragedModel(EquatableArray<IModel> Members) : IRowwiseModel, IConsistent
{
    string? IConsistent.Inconsistency => Members.Count > 0 ? null : "no member";

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) =>
        Members.PredictEach(rows).Map(predictions => Prediction.Mean(predictions));

    // A member with other levels would have to be reordered.
    RowFunction? IRowwiseModel.ForRow(Frame columns)
    {
        var all = Members.Select(member => Rowwise.Of(member, columns)).ToArray();
        if (all.Any(one => one is null || Levels(one.Outline) != Levels(all[0]!.Outline))) return null;
        return all.Length == 1 ? all[0]!.Function : new MeanFunction([.. all.Select(one => one!.Function)]);

        static EquatableArray<string>? Levels(Prediction outline) => (outline as Prediction.Probabilities)?.Levels;
    }

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Members.NeededOf(columns);
}

/// <summary>Helpers for lists of models.</summary>
public static class ModelList
{
    /// <summary>Each model's predictions for the same rows, in order. Fails with the first failure.</summary>
    public static Outcome<EquatableArray<Prediction>> PredictEach(this EquatableArray<IModel> models, Frame rows) =>
        Outcome.All(models.Select(model => model.Predict(rows)));

    /// <summary>The columns that at least one of the models reads.</summary>
    public static EquatableArray<string> NeededOf(this EquatableArray<IModel> models, EquatableArray<string> columns) =>
        columns.NeededBy(models.Select(model => model.Needs(columns)));

    /// <summary>The columns that at least one of the parts needs, in their original order.</summary>
    internal static EquatableArray<string> NeededBy(this EquatableArray<string> columns, IEnumerable<EquatableArray<string>> parts)
    {
        var needed = parts.SelectMany(part => part).ToHashSet(StringComparer.Ordinal);
        return EquatableArray.From(columns.Where(needed.Contains));
    }
}
