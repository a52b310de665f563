namespace FunctionalStack.Neural;

/// <summary>
/// The boundary between a network and its loss. Losses take scores (logits). A softmax before cross-entropy, or a sigmoid before
/// binary cross-entropy, is combined with the loss in training and scoring, and is a separate layer when probabilities are
/// wanted.
/// </summary>
internal static class Head
{
    /// <summary>Whether the loss includes the last layer.</summary>
    public static bool Absorbs(Network network, LossKind loss) =>
        network.Layers.Count > 0
            && (network.Layers[^1], loss) is (Layer.Softmax, LossKind.SoftmaxCrossEntropy) or (Layer.Sigmoid, LossKind.BinaryCrossEntropy);

    /// <summary>The network up to the scores that the loss takes. It has the variables of the whole network.</summary>
    public static Network Scores(Network network, LossKind loss) =>
        Absorbs(network, loss) ? network with { Layers = EquatableArray.From(network.Layers.SkipLast(1)) } : network;

    /// <summary>The network up to probabilities, if the loss is for classification. It has the variables of the whole network.</summary>
    public static Network Probabilities(Network network, LossKind loss) => loss switch
    {
        LossKind.SoftmaxCrossEntropy when !Absorbs(network, loss) => network with { Layers = [.. network.Layers, new Layer.Softmax()] },
        LossKind.BinaryCrossEntropy when !Absorbs(network, loss) => network with { Layers = [.. network.Layers, new Layer.Sigmoid()] },
        _ => network,
    };

    /// <summary>The default loss of a target.</summary>
    public static LossKind LossOf(Target target) => target is Target.Classes ? LossKind.SoftmaxCrossEntropy : LossKind.SquaredError;

    /// <summary>The mean score of <paramref name="count"/> examples; accuracy is given for classification only.</summary>
    public static NetScore Score(LossKind loss, double sum, long right, long count) =>
        new(sum / count, loss == LossKind.SquaredError ? null : (double)right / count);
}
