using FunctionalStack.IO;

namespace FunctionalStack.Serving;

/// <summary>What a request to predict is answered with.</summary>
/// <param name="Model">The model.</param>
/// <param name="Prediction">The predictions.</param>
/// <param name="Notes">Notes on the rows.</param>
/// <param name="Intervals">Prediction intervals, if requested.</param>
/// <param name="Sets">Prediction sets, if requested.</param>
/// <param name="Explanations">One explanation per row, if requested; otherwise empty.</param>
/// <param name="Ids">The ids of rows from a table; null if it has none.</param>
internal sealed record Answer(ServedModel Model, Prediction Prediction, EquatableArray<Note> Notes, Intervals? Intervals = null,
    PredictionSets? Sets = null, EquatableArray<Explanation> Explanations = default, NamedColumn? Ids = null)
{
    /// <summary>The columns of the answer as CSV: those of <c>fstack predict --probabilities</c>.</summary>
    public Frame Table
    {
        get
        {
            NamedColumn[] columns = PredictionColumns.Of(Model.Card.Target, Prediction, Ids, probabilities: true,
            [
                .. Intervals is { } intervals ? PredictionColumns.Of(Model.Card.Target, intervals) : default,
                .. Sets is { } sets ? PredictionColumns.Of(sets) : default,
            ]);
            return Ensure.Twice(columns.Select(column => column.Name)) is { } twice
                ? throw new Refused(422, $"two columns of the answer would be named '{twice}'. Leave out the id column")
                : new(Prediction.Count, EquatableArray.Own(columns));
        }
    }
}
