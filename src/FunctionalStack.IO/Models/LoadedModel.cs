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
    public Outcome<Prediction> Predict(Frame rows) => Using(rows, (model, converted) => model.Predict(converted));

    /// <inheritdoc/>
    public Outcome<T> Using<T>(Frame rows, Func<IModel, Frame, Outcome<T>> predict) =>
        this.Conform(rows).Bind(converted => Asked(() => predict(Model, converted)));

    /// <summary>The target, the columns that the model reads and the seed, and the scores of the card as a table.</summary>
    public override string ToString() => CardText.Of(Card);

    // The lengths of lists were checked on loading. A mismatch of levels and columns only shows here.
    private static Outcome<T> Asked<T>(Func<Outcome<T>> predict)
    {
        try
        {
            return predict();
        }
        catch (Exception exception) when (IsMismatch(exception))
        {
            return Outcome.Fail<T>("the model", $"does not fit together: {exception.Message}", Refusal.FetchAgain);
        }
    }

    /// <summary>Whether an exception shows that the parts of a model do not fit together.</summary>
    internal static bool IsMismatch(Exception exception) => exception
        is IndexOutOfRangeException or ArgumentException or KeyNotFoundException or InvalidCastException
        or ArithmeticException or NullReferenceException or InvalidOperationException;

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Model.Needs(columns);
}
