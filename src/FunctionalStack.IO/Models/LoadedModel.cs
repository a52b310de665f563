namespace FunctionalStack.IO;

/// <summary>
/// A model from a file. Rows to predict, from a table, records or a frame, are first conformed to its training schema: see
/// <see cref="Schema.Conform"/>.
/// </summary>
public sealed record LoadedModel : IConformingModel
{
    internal LoadedModel(IModel model, ModelCard card) => (Model, Card) = (model, card.For(model));

    /// <summary>The record as it was saved. Its own Predict does not conform the rows.</summary>
    public IModel Model { get; }

    /// <summary>The description of the model.</summary>
    public ModelCard Card { get; }

    /// <summary>The schema of the training columns that it reads.</summary>
    public Schema Schema => Card.Schema;

    /// <summary>The same model with another schema of the same columns, for data with other text formats.</summary>
    public LoadedModel By(Schema schema) => new(Model, Card with { Schema = schema });

    Schema? IConformingModel.Schema => Schema;

    /// <inheritdoc cref="Trained.Predict"/>
    public Outcome<Prediction> Predict(Frame rows) => this.Conform(rows).Bind(Asked);

    // The lengths of lists were checked on loading. A mismatch of levels and columns only shows here.
    private Outcome<Prediction> Asked(Frame rows)
    {
        try
        {
            return Model.Predict(rows);
        }
        catch (Exception exception) when (exception
            is IndexOutOfRangeException or ArgumentException or KeyNotFoundException or InvalidCastException
            or ArithmeticException or NullReferenceException or InvalidOperationException)
        {
            return Outcome.Fail<Prediction>("the model", $"does not fit together: {exception.Message}", Refusal.FetchAgain);
        }
    }

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Model.Needs(columns);
}
