using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>
/// A fitted learner as a transformer of ML.NET. It adds the columns that the evaluations of ML.NET read:
/// <list type="bullet">
/// <item>for a label of booleans: <c>PredictedLabel</c> (boolean), <c>Score</c> (the logarithm of the odds) and <c>Probability</c>;</item>
/// <item>for other classes: <c>PredictedLabel</c> (a key with the key values of the label) and <c>Score</c> (a vector of the probability of
/// each class, in the order of the keys);</item>
/// <item>for numbers: <c>Score</c>.</item>
/// </list>
/// </summary>
/// <remarks>
/// All rows of a view are predicted together when the first of these columns is read. It cannot be saved by ML.NET, and has no mapper of
/// single rows, so that it is not for prediction engines: save <see cref="Trained"/> as a model file, and predict single rows with a
/// predictor.
/// </remarks>
public sealed class LearnerTransformer : ITransformer
{
    private readonly EquatableArray<string> features;
    private readonly bool isBoolean;
    private readonly DataViewSchema.Annotations? keys;
    private readonly EquatableArray<string> levels;

    internal LearnerTransformer(Trained trained, EquatableArray<string> features, bool isBoolean, DataViewSchema.Annotations? keys,
        EquatableArray<string> levels) =>
        (Trained, this.features, this.isBoolean, this.keys, this.levels) = (trained, features, isBoolean, keys, levels);

    /// <summary>The fitted learner, with its scores and notes.</summary>
    public Trained Trained { get; }

    /// <summary>False: rows are predicted together.</summary>
    public bool IsRowToRowMapper => false;

    /// <summary>The columns of the input, and those that are added.</summary>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => ColumnsView.SchemaOf(inputSchema, Columns(null));

    /// <summary>The rows of the input with the predictions. Reading these throws an <see cref="OutcomeException"/> if the rows cannot be
    /// predicted.</summary>
    public IDataView Transform(IDataView input) => new ColumnsView(input, Columns(input));

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException(
        "a learner predicts views of rows; for single rows, use Trained and a Predictor of FunctionalStack");

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        "ML.NET cannot save a model of FunctionalStack; save Trained with ModelFile.Save");

    private ViewColumn[] Columns(IDataView? input)
    {
        var predicted = new Lazy<Prediction>(() => input!.ToFrame([.. features]).Bind(Trained.Predict).OrThrow());
        if (levels.Count == 0) return [ViewColumn.Singles("Score", () => Singles(predicted.Value.Values))];
        if (isBoolean)
        {
            return
            [
                ViewColumn.Booleans("PredictedLabel", () => [.. Classes().Codes().Select(code => code == 1)]),
                ViewColumn.Singles("Score", () => [.. True().Select(p => (float)(Math.Log(p) - Math.Log(1 - p)))]),
                ViewColumn.Singles("Probability", () => Singles(True())),
            ];
        }

        var label = ViewColumn.Keys("PredictedLabel", levels, () => [.. Classes().Codes().Select(code => (uint)code + 1)]);
        return
        [
            keys is null ? label : label with { Annotations = keys },
            ViewColumn.Vectors("Score", levels, () => Singles(Classes().Matrix)),
        ];

        Prediction.Probabilities Classes() => ((Prediction.Probabilities)predicted.Value).For(levels);

        EquatableArray<double> True() => Classes().Probability(bool.TrueString);
    }

    private static float[] Singles(EquatableArray<double> numbers) => Array.ConvertAll(numbers.ToArray(), number => (float)number);
}
