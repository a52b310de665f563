namespace FunctionalStack.Onnx;

/// <summary>The outputs of an exported model.</summary>
internal static class OnnxOutputs
{
    private const string Label = "label";
    private const string Probabilities = "probabilities";
    private const string Prediction = "prediction";

    public static EquatableArray<string> Names { get; } = [Label, Probabilities, Prediction];

    public static IReadOnlyList<(Port Port, Edge Edge)> Of(GraphPrediction prediction)
    {
        var (levels, numbers) = (prediction.Levels, prediction.Numbers);
        return levels.Count == 0
            ? [(new Port(Prediction, ElementType.Double, prediction.Width), numbers)]
            :
            [
                (new Port(Label, ElementType.Text), ((Edge)Tensor.Of(levels, levels.Count)).Gather(prediction.Codes())),
                (new Port(Probabilities, ElementType.Double, levels.Count), numbers),
            ];
    }
}
