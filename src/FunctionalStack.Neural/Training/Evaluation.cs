namespace FunctionalStack.Neural;

/// <summary>What trained networks say, and how well. Batch normalization is folded away for it.</summary>
public static class Evaluation
{
    /// <summary>Loss and accuracy on labelled examples.</summary>
    public static Outcome<Score> Score(IBackend backend, Network network, Variables variables, LabelledExamples examples, LossKind? loss = null, int batch = 256) =>
        throw new NotImplementedException();

    /// <summary>
    /// What the network says of each example: for classes (softmax cross-entropy) probabilities, whether or not the network
    /// ends with a softmax; for values its outputs.
    /// </summary>
    public static Outcome<Outputs> Predict(IBackend backend, Network network, Variables variables, Examples examples, LossKind loss, int batch = 256) =>
        throw new NotImplementedException();
}

/// <summary>What a network said of some examples.</summary>
/// <param name="Units">Numbers an example.</param>
/// <param name="Matrix">Examples x units, row by row.</param>
public sealed record Outputs(int Units, Values<float> Matrix)
{
    public int Count => Matrix.Count / Units;

    public ReadOnlySpan<float> Row(int row) => Matrix.AsSpan().Slice(row * Units, Units);
}
