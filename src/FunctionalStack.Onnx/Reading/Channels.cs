namespace FunctionalStack.Onnx;

/// <summary>Constants with a number for each channel, in the library's order.</summary>
internal static class Channels
{
    /// <summary>The numbers along one dimension of a signal, which must be its channels. A vector is flattened first.</summary>
    public static (Signal Signal, float[] Numbers) Along(Signal signal, int dim, float[] numbers, FileNode node)
    {
        var layout = signal.Layout;
        if (numbers.Length != layout.Dims[dim])
            throw node.Refused($"has {numbers.Length} numbers for a dimension of {layout.Dims[dim]}");
        if (layout.Dims.Length == 1)
        {
            var flat = signal.Flat(node);
            var (places, ordered) = (layout.Places(), new float[numbers.Length]);
            for (var at = 0; at < ordered.Length; at++) ordered[places[at]] = numbers[at];
            return (flat, ordered);
        }

        return layout.Is(new(signal.Step.Output.Channels, 1), dim) ? (signal, numbers)
            : throw node.Refused($"has a number for each element of dimension {dim + 1}, which is not the channels");
    }

    /// <summary>The numbers of a constant that is added to a signal or multiplied with it: one for all, or one a channel.</summary>
    public static (Signal Signal, float[] Numbers) Beside(Signal signal, FileTensor tensor, FileNode node, Walk walk)
    {
        var (dims, numbers) = (signal.Layout.Dims, walk.Floats(tensor, node));
        if (numbers.Length == 1)
        {
            walk.Spend(signal.Step.Output.Channels, node);
            return (signal, [.. Enumerable.Repeat(numbers[0], signal.Step.Output.Channels)]);
        }

        // Dimensions are compared from the last on, as NumPy does.
        var skipped = dims.Length - tensor.Dims.Length;
        var along = tensor.Dims.Select((length, at) => (Length: length, At: at + skipped)).Where(dim => dim.Length != 1).ToArray();
        return along is [var only] && only.At >= 0 ? Along(signal, only.At, numbers, node)
            : throw node.Refused($"has a constant of {string.Join(" x ", tensor.Dims)} beside {string.Join(" x ", dims)}: only one number, "
                + "or one for each channel, has a form as layers");
    }
}
