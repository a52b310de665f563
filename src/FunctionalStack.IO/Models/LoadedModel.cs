namespace FunctionalStack.IO;

/// <summary>
/// A model from a file. Rows to predict, from a table, records or a frame, are first conformed to its training schema: see
/// <see cref="Schema.Conform"/>.
/// </summary>
public sealed record LoadedModel : IConformingModel
{
    // Far above the rounding of a sum of any number of classes.
    private const double Rounding = 1e-6;

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
    public Outcome<Prediction> Predict(Frame rows) => Using(rows, (model, converted) => model.Predict(converted)).Bind(Sound);

    /// <inheritdoc/>
    public Outcome<T> Using<T>(Frame rows, Func<IModel, Frame, Outcome<T>> predict) =>
        this.Conform(rows).Bind(converted => Asked(() => predict(Model, converted)));

    /// <summary>The target, the columns that the model reads and the seed, and the scores of the card as a table.</summary>
    public override string ToString() => CardText.Of(Card);

    // Numbers inside a file may be anything: a leaf of a tree, or a weight.
    private static Outcome<Prediction> Sound(Prediction prediction) => prediction switch
    {
        Prediction.Probabilities shares when Enumerable.Range(0, shares.Count).Any(row => !IsDistribution(shares.Row(row))) =>
            Outcome.Fail<Prediction>("the model", "gives probabilities that do not sum to 1", Refusal.FetchAgain),
        Prediction.Numeric numbers when numbers.Values.Any(double.IsNaN) =>
            Outcome.Fail<Prediction>("the model", "gives a prediction that is not a number", Refusal.FetchAgain),
        _ => Outcome.Ok(prediction),
    };

    private static bool IsDistribution(ReadOnlySpan<double> shares)
    {
        var sum = 0.0;
        foreach (var share in shares)
        {
            if (!(share >= 0)) return false;
            sum += share;
        }

        return Math.Abs(sum - 1) <= Rounding;
    }

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
