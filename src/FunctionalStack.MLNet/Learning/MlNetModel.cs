using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>A fitted model of ML.NET.</summary>
/// <param name="Name">The name of its learner.</param>
/// <param name="Task">What it predicts.</param>
/// <param name="Columns">The columns that it reads, in the order of its features.</param>
/// <param name="Levels">The classes; empty for numbers.</param>
/// <param name="Present">The codes of the classes that had training rows, ascending.</param>
/// <param name="Transformer">The fitted trainer; null if only one class had training rows.</param>
[NotInFiles("models of ML.NET are not saved in model files",
    "Replace the learners of ML.NET, or save Transformer with MLContext.Model.Save and fit the rest again.")]
public sealed record MlNetModel(
    string Name, MlNetTask Task, EquatableArray<string> Columns, EquatableArray<string> Levels, EquatableArray<int> Present,
    ITransformer? Transformer) : IModel
{
    // Sums of probabilities in single precision over many classes.
    private const double Tolerance = 1e-3;

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => FeatureMatrix.Of(rows, Columns)
        .Bind(matrix => SingleRows.Cells(matrix).Bind(cells => Predict(cells, matrix.RowCount)));

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) => Columns;

    /// <summary>The predictions of the first rows.</summary>
    internal Outcome<Prediction> Predict(float[] cells, int rowCount)
    {
        if (Transformer is null) return Outcome.Ok(Probabilities(rowCount, (_, row) => row[0] = 1));
        if (rowCount == 0) return Outcome.Ok(Task == MlNetTask.Regression
            ? new Prediction.Numeric([]) : Probabilities(0, (_, _) => { }));
        var view = Transformer.Transform(new ColumnsView(rowCount, ViewColumn.Vectors(SingleRows.Features, Columns, () => cells)));
        return Task switch
        {
            MlNetTask.Regression => Numeric(Read<float, double>(view, "Score", score => score)),
            MlNetTask.Binary when view.Schema.GetColumnOrNull("Probability") is null => NoProbabilities(
                "Append a calibrator to it, such as BinaryClassification.Calibrators.Platt()."),
            MlNetTask.Binary => Binary(Read<float, double>(view, "Probability", probability => probability)),
            _ => Multiclass(Read<VBuffer<float>, double[]>(view, "Score",
                scores => Array.ConvertAll(scores.DenseValues().ToArray(), score => (double)score))),
        };
    }

    private Outcome<Prediction> Numeric(double[] scores) => Array.TrueForAll(scores, double.IsFinite)
        ? Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.Own(scores))) : Diverged("a score");

    private Outcome<Prediction> Binary(double[] probabilities) =>
        Array.TrueForAll(probabilities, probability => probability is >= 0 and <= 1)
        ? Outcome.Ok(Probabilities(probabilities.Length,
            (row, present) => (present[0], present[1]) = (1 - probabilities[row], probabilities[row])))
        : Diverged("a probability");

    private Outcome<Prediction> Diverged(string what) => Outcome.Fail<Prediction>(
        Name, $"predicts {what} that is not finite, or out of range", "Scale the features, or change the parameters of the trainer.");

    private Outcome<Prediction> Multiclass(double[][] scores) =>
        scores.All(row => row.Length == Present.Count && row.All(score => score >= 0) && Math.Abs(row.Sum() - 1) < Tolerance)
            ? Outcome.Ok(Probabilities(scores.Length, (row, present) =>
            {
                var sum = scores[row].Sum();
                for (var c = 0; c < present.Length; c++) present[c] = scores[row][c] / sum;
            }))
            : NoProbabilities("Use a trainer whose scores are probabilities, such as SdcaMaximumEntropy or LightGbm.");

    private Outcome<Prediction> NoProbabilities(string remedy) => Outcome.Fail<Prediction>(
        Name, "the trainer gives scores that are no probabilities", remedy);

    // Fills the probabilities of the present classes.
    private Prediction Probabilities(int rowCount, RowFill fill)
    {
        var matrix = new double[rowCount * Levels.Count];
        Span<double> present = new double[Present.Count];
        for (var row = 0; row < rowCount; row++)
        {
            fill(row, present);
            for (var i = 0; i < present.Length; i++) matrix[row * Levels.Count + Present[i]] = present[i];
        }

        return new Prediction.Probabilities(Levels, EquatableArray.Own(matrix));
    }

    private delegate void RowFill(int row, Span<double> present);

    private static TTo[] Read<T, TTo>(IDataView view, string column, Func<T, TTo> convert) =>
        ViewReader.Values(view, view.Schema[column], convert);
}
