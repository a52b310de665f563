using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Batch normalization with the moments of inference.</summary>
internal static class Normalizations
{
    public static Value Read(FileNode node, Walk walk)
    {
        node.Ignore("spatial", "consumed_inputs");
        if (node.Integer("training_mode", 0) != 0) throw node.Refused("is in training mode", "Export the net for inference.");
        var signal = walk.Signal(node, 0);
        var (epsilon, momentum) = (node.Single("epsilon", 1e-5f), node.Single("momentum", 0.9f));
        var blocks = new float[4][];
        for (var at = 0; at < blocks.Length; at++)
            (signal, blocks[at]) = Channels.Along(signal, 0, walk.Floats(walk.Tensor(node, at + 1), node), node);
        var layer = new Layer.BatchNorm(OnnxOperators.Shortest(epsilon), OnnxOperators.Shortest(momentum));
        return signal with { Step = signal.Step.Then(new ReadLayer(layer, blocks[..2], blocks[2..]), node) };
    }
}
