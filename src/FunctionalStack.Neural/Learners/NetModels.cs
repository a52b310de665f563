using FunctionalStack.Neural.Host;

namespace FunctionalStack.Neural;

/// <summary>A net for classification: predicts class probabilities.</summary>
/// <param name="Inputs">The columns that the network reads, and their standardization.</param>
/// <param name="Levels">All classes of the target. Classes that the network does not know get probability 0.</param>
/// <param name="Net">The network. Its classes are those present in the training rows.</param>
public sealed record NetClassifierModel(StandardInputs Inputs, EquatableArray<string> Levels, NetworkModel Net) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("columns", Inputs.Columns.Count, Net.Network.Input.Size),
            Consistency.Count("classes", Net.Levels.Count, Net.Plan.Output.Size));

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => NetScores.Of(Inputs, Net, LossKind.SoftmaxCrossEntropy, rows).Map(Shares);

    private Prediction Shares(EquatableArray<float> scores)
    {
        var probabilities = new double[scores.Count];
        var width = Net.Levels.Count;

        // Float32 probabilities sum to 1 within 1e-7; as doubles they must sum to 1 exactly.
        for (var at = 0; at < scores.Count; at += width)
        {
            var sum = 0.0;
            for (var c = at; c < at + width; c++) sum += scores[c];
            for (var c = at; c < at + width; c++) probabilities[c] = scores[c] / sum;
        }

        return new Prediction.Probabilities(Net.Levels, EquatableArray.Own(probabilities)).For(Levels);
    }
}

/// <summary>A net for regression: the prediction is centre + deviation x output.</summary>
/// <param name="Inputs">The columns that the network reads, and their standardization.</param>
/// <param name="Centre">The target's mean over the training rows.</param>
/// <param name="Deviation">The target's standard deviation over the training rows; at least 0.</param>
/// <param name="Net">The network, with one output.</param>
public sealed record NetEstimatorModel(StandardInputs Inputs, double Centre, double Deviation, NetworkModel Net) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Consistency.Count("columns", Inputs.Columns.Count, Net.Network.Input.Size), Consistency.Count("outputs", Net.Plan.Output.Size, 1));

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => NetScores.Of(Inputs, Net, LossKind.SquaredError, rows).Map<Prediction>(scores =>
        new Prediction.Numeric(EquatableArray.From(scores.Select(score => Centre + Deviation * score))));
}

/// <summary>The outputs of a network for the rows of a table: a pure function, computed on the calling thread.</summary>
internal static class NetScores
{
    /// <summary>Rows x outputs.</summary>
    public static Outcome<EquatableArray<float>> Of(StandardInputs inputs, NetworkModel net, LossKind loss, Frame rows) =>
        FeatureMatrix.Of(rows, inputs.Columns).Bind(features =>
    {
        if (rows.RowCount == 0) return Outcome.Ok<EquatableArray<float>>(default);
        using var backend = new HostBackend(1);
        var examples = new Examples.Floats(net.Network.Input, EquatableArray.Own(inputs.Read(features)));
        return Inference.Predict(backend, net.Network, net.Variables, examples, loss).Map(scores => scores.Matrix);
    });
}
