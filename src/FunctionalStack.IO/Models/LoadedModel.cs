namespace FunctionalStack.IO;

/// <summary>
/// A model from a file. Whatever rows it is asked for, from a table, records or a frame, are first read as its training
/// rows were: see <see cref="Schema.Conform"/>.
/// </summary>
public sealed record LoadedModel : IConformingModel
{
    internal LoadedModel(IModel model, ModelCard card) => (Model, Card) = (model, card.For(model));

    /// <summary>The record as it was saved. Asked by itself it takes columns as they come.</summary>
    public IModel Model { get; }

    /// <summary>What people read of it.</summary>
    public ModelCard Card { get; }

    /// <summary>The columns of its training rows that it reads.</summary>
    public Schema Schema => Card.Schema;

    /// <summary>The same model, asked by another schema of the same columns: how its user says that they are written.</summary>
    public LoadedModel By(Schema schema) => new(Model, Card with { Schema = schema });

    Schema? IConformingModel.Schema => Schema;

    /// <inheritdoc cref="Trained.Predict"/>
    public Outcome<Prediction> Predict(Frame rows) => this.Conform(rows).Bind(Asked);

    // Lists that fit together were checked as the file was read; that levels and columns agree with each other shows only here.
    private Outcome<Prediction> Asked(Frame rows)
    {
        try
        {
            return Model.Predict(rows);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException or KeyNotFoundException or InvalidCastException
            or ArithmeticException or NullReferenceException or InvalidOperationException)
        {
            return Outcome.Fail<Prediction>("the model", $"does not fit together: {exception.Message}", Refusal.FetchAgain);
        }
    }

    public EquatableArray<string> Needs(EquatableArray<string> columns) => Model.Needs(columns);
}
