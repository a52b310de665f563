namespace FunctionalStack.IO;

/// <summary>
/// A model from a file. Whatever rows it is asked for, from a table, records or a frame, are first read as its training
/// rows were: see <see cref="Schema.Conform"/>.
/// </summary>
public sealed record LoadedModel : IModel
{
    internal LoadedModel(IModel model, ModelCard card) => (Model, Card) = (model, card);

    /// <summary>The record as it was saved. Asked by itself it takes columns as they come.</summary>
    public IModel Model { get; }

    /// <summary>What people read of it.</summary>
    public ModelCard Card { get; }

    /// <summary>One prediction a row, in row order; columns are found by name, others than the model's play no part.</summary>
    /// <returns>Notes tell what was read otherwise than it stands, and count levels that training did not have. Fails as <see cref="Schema.Conform"/> does.</returns>
    public Outcome<Prediction> Predict(Frame rows) => Card.Schema.Conform(rows).Bind(Model.Predict);
}
