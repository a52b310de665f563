namespace FunctionalStack.Neural;

/// <summary>
/// Where a network ends and its loss begins. Losses take scores (logits); a softmax before cross-entropy, or a sigmoid
/// before binary cross-entropy, is one with the loss while training and measuring, and a layer of its own for whoever
/// wants probabilities.
/// </summary>
internal static class Head
{
    /// <summary>Whether the loss does the last layer's work itself.</summary>
    public static bool Absorbs(Network network, LossKind loss) =>
        network.Layers.Count > 0 && (network.Layers[^1], loss) is (Layer.Softmax, LossKind.SoftmaxCrossEntropy) or (Layer.Sigmoid, LossKind.BinaryCrossEntropy);

    /// <summary>The network up to the scores that the loss takes. Its variables are the whole network's.</summary>
    public static Network Scores(Network network, LossKind loss) =>
        Absorbs(network, loss) ? network with { Layers = EquatableArray.From(network.Layers.SkipLast(1)) } : network;

    /// <summary>The network up to probabilities, where the loss is one of classes. Its variables are the whole network's.</summary>
    public static Network Probabilities(Network network, LossKind loss) => loss switch
    {
        LossKind.SoftmaxCrossEntropy when !Absorbs(network, loss) => network with { Layers = [.. network.Layers, new Layer.Softmax()] },
        LossKind.BinaryCrossEntropy when !Absorbs(network, loss) => network with { Layers = [.. network.Layers, new Layer.Sigmoid()] },
        _ => network,
    };

    /// <summary>The loss that suits a target.</summary>
    public static LossKind LossOf(Target target) => target is Target.Classes ? LossKind.SoftmaxCrossEntropy : LossKind.SquaredError;

    /// <summary>The score of so many examples: accuracy only where there are classes.</summary>
    public static NetScore Score(LossKind loss, double sum, long right, long count) =>
        new(sum / count, loss == LossKind.SquaredError ? null : (double)right / count);
}
