using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>What each model predicts on rows that it was not fitted on.</summary>
internal static class PredictionsPart
{
    // Models in full; the leaderboard has all.
    private const int MostModels = 12;

    /// <summary>The held-out predictions of a stack and its bases, or of one learner.</summary>
    /// <param name="models">The predictions of each model, the final one last.</param>
    /// <param name="roles">The roles of all rows.</param>
    /// <param name="about">A sentence about the predicted rows.</param>
    public static Section Of(EquatableArray<OutOfFold> models, Roles roles, string about)
    {
        if (models.Count == 0)
        {
            return Section.Without("predictions", "Predictions",
                "There are no predictions of rows that were not fitted on: the spec has no stack, whose bases would be cross-fitted.");
        }

        var shown = models.TakeLast(MostModels).Reverse().ToArray();
        return new("predictions", "Predictions", Html.All(
            Html.Of("p", $"{about} "
                + (roles.Weights is null ? "" : "Rows count with their weights. ")
                + (models.Count > shown.Length ? $"The last {shown.Length} of {models.Count} models are shown. " : "")
                + (shown.Length > 1 ? "The bases are folded; open one by its name." : "")),
            Html.All(shown.Index().Select(one => Model(one.Item, one.Index, roles)))));
    }

    private static Html Model(OutOfFold model, int number, Roles roles)
    {
        var (own, id) = (model.Rows.Count == roles.Count ? roles : roles.Take(model.Rows), $"model-{number + 1}");
        Html name = number == 0 ? PlainText.Name(model.Name, 40) : Html.All(PlainText.Name(model.Name, 40));
        var content = (own.Target, model.Prediction) switch
        {
            (Target.Classes actual, Prediction.Probabilities predicted) => ClassCharts.Of(id, model.Name, actual, predicted, own.Weights),
            (Target.Numeric actual, Prediction.Numeric predicted) => NumberCharts.Of(id, model.Name, actual, predicted, own.TargetName),
            _ => throw new InvalidOperationException(),
        };
        return number == 0 ? Html.Of("div", Html.Of("h3", name), content).With("id", id)
            : Html.Of("details", Html.Of("summary", Html.Of("h3", name)), content).With("id", id);
    }
}
