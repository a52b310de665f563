using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>Predicts images with nets.</summary>
internal static class NetPredictions
{
    public static Outcome<Prediction.Probabilities> Of(IBackend backend, Network network, Variables variables,
        EquatableArray<string> levels, Examples images) =>
        Inference.Predict(backend, network, variables, images, LossKind.SoftmaxCrossEntropy)
            .Map(outputs => outputs.Probabilities(levels));
}
