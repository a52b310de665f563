using FunctionalStack.IO;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Pages;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack;

/// <summary>Reports of evaluations and fits as HTML pages.</summary>
public static class Reports
{
    /// <summary>A report of a cross-validation: scores, curves and errors of every model on held-out rows, the data and the
    /// folds.</summary>
    /// <param name="evaluation">The result of the cross-validation.</param>
    /// <param name="data">The rows that it was made on.</param>
    /// <returns>The page. Equal evaluations give equal pages.</returns>
    public static HtmlReport Report(this Evaluation evaluation, Dataset data) =>
        Page.Of(new($"Evaluation of {evaluation.Final.Name}", Facts(data)) { Notes = evaluation.Notes }, Parts(evaluation, data));

    /// <summary>A report of a fit: its out-of-fold scores and predictions, and the data.</summary>
    /// <param name="fit">The result of the fit.</param>
    /// <param name="data">The rows that it was fitted on.</param>
    /// <returns>The page. Equal fits give equal pages.</returns>
    public static HtmlReport Report(this Trained fit, Dataset data) =>
        Page.Of(new("Fit", Facts(data)) { Notes = fit.Notes }, Parts(fit, data));

    /// <summary>The parts of an evaluation.</summary>
    /// <param name="evaluation">The result of the cross-validation.</param>
    /// <param name="data">Its rows.</param>
    /// <param name="time">The text of a time; null for numbers.</param>
    /// <param name="costs">What the fits of each model cost, by its name; null if it was not measured.</param>
    internal static Section[] Parts(Evaluation evaluation, Dataset data, Func<double, string>? time = null,
        IReadOnlyDictionary<string, FitCost>? costs = null)
    {
        var models = EquatableArray.From(evaluation.Models.Select(one => one.OutOfFold with { Role = one.Role }));
        return
        [
            LeaderboardPart.Of(evaluation, data.Target, costs),
            LearningCurvePart.Of(evaluation, data.Target),
            PredictionsPart.Of(models, data.Roles, HeldOut),
            AgreementPart.Of(models, []),
            Section.Without("importance", "Importance of the columns", "An evaluation has no final model whose columns could be explained. "
                + "Fit a model with a report, or explain a saved one."),
            DataPart.Of(data, DataPart.Later),
            FoldsPart.Of(evaluation.Folds, data.Roles, time),
        ];
    }

    /// <summary>The parts of a fit.</summary>
    /// <param name="fit">The result of the fit.</param>
    /// <param name="data">Its rows.</param>
    /// <param name="time">The text of a time; null for numbers.</param>
    /// <param name="costs">What the fits of each model cost, by its name; null if it was not measured.</param>
    /// <param name="importance">The importance of the columns, if it was computed.</param>
    internal static Section[] Parts(Trained fit, Dataset data, Func<double, string>? time = null,
        IReadOnlyDictionary<string, FitCost>? costs = null, Section? importance = null) =>
    [
        LeaderboardPart.Of(fit, data, costs),
        PredictionsPart.Of(fit.OutOfFold, data.Roles,
            "The charts are made from the out-of-fold predictions of the stack: no base predicted a row that it was fitted on."),
        AgreementPart.Of(fit.OutOfFold, CardMetadata.WeightsOf(fit.Model)),
        .. importance is null ? [] : (Section[])[importance],
        DataPart.Of(data, DataPart.Later),
        fit.OutOfFold is [{ Folds: { Count: > 0 } folds }, ..] ? FoldsPart.Of(folds, data.Roles, time)
            : Section.Without("folds", "Folds", "The spec has no stack, so all rows were fitted on and none was held out."),
    ];

    /// <summary>A sentence about the predictions of an evaluation.</summary>
    internal const string HeldOut = "The charts are made from the held-out rows of the outer folds: no model predicted a row that it was "
        + "fitted on.";

    private static EquatableArray<(string, Html)> Facts(Dataset data) =>
    [
        ("rows", Figures.Whole(data.RowCount)),
        ("columns", Figures.Whole(data.Frame.Columns.Count)),
        ("target", PlainText.Name(data.Roles.TargetName)),
    ];
}
