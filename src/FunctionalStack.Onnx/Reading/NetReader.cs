using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Reads the graph of a net. Files do not say which dimension of an image is the channels: the operators do, so that each
/// possible order is tried.</summary>
internal static class NetReader
{
    // Beyond the numbers of the file: biases of 0, diagonal kernels, kernels extended by zeros.
    private const long Spare = 1 << 22;
    private const int LeastOpset = 7;
    private const int MostOpset = 26;

    private static readonly int[] number = [FileTensor.Number.Float, FileTensor.Number.Half, FileTensor.Number.Double, 0];

    /// <summary>The network, its variables, and what the file divides its input by.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="length">The number of bytes of the file.</param>
    /// <param name="channelsLast">Whether images are known to be rows x columns x channels.</param>
    public static (Network Network, Variables Variables, double Divisor, EquatableArray<Note> Notes) Read(FileGraph graph, long length,
        bool channelsLast)
    {
        if (graph.Opset is < LeastOpset or > MostOpset)
            throw new UnreadableException("the file", $"has operators of version {graph.Opset}, and {LeastOpset} to {MostOpset} are known",
                "Export it with opset 17.");
        var (input, output) = (Input(graph), Output(graph));
        var dims = Lengths(input);
        var (found, failed) = (new List<(Walk Walk, Signal End)>(), new List<(int Progress, UnreadableException Why)>());
        foreach (var start in Starts(graph, dims, channelsLast))
        {
            var walk = new Walk(graph, input, start, length + Spare);
            try
            {
                found.Add((walk, Ended(walk.Read(output.Name), output)));
            }
            catch (UnreadableException why)
            {
                failed.Add((walk.Progress, why));
            }
        }

        var (read, end) = Chosen(found) ?? throw failed.MaxBy(one => one.Progress).Why;
        EquatableArray<Note> notes = found.Count > 1 && end.Step.Root().Output.IsVector && dims.Length > 1
            ? [new($"input '{input.Name}'", "may be rows, columns and channels in any order: the net reads vectors in the file's order")]
            : default;
        var layers = end.Step.All();
        var network = new Network(end.Step.Root().Output, EquatableArray.From(layers.Select(layer => layer.Layer)));
        return (network, Numbers(layers), end.Step.Divisor, [.. read.Notes, .. notes]);
    }

    private static FilePort Input(FileGraph graph) => graph.Inputs.Count == 1 ? graph.Inputs[0]
        : throw new UnreadableException("the graph", $"has {graph.Inputs.Count} inputs, and a net has one",
            "Give the file of a net. A model for tables is read from its .fstack file.");

    // Classifiers may also give labels.
    private static FilePort Output(FileGraph graph) =>
        graph.Outputs.Where(port => number.Contains(port.Type)).ToArray() is [var only] ? only
            : throw new UnreadableException("the graph", $"has {graph.Outputs.Count} outputs, and a net has one of numbers",
                "Export the net with one output.");

    private static int[] Lengths(FilePort input)
    {
        var where = $"input '{input.Name}'";
        if (!number.Contains(input.Type)) throw new UnreadableException(where, "does not take numbers", "Give the file of a net.");
        if (input.Dims is not { Length: 2 or 4 } dims)
            throw new UnreadableException(where, "is neither vectors, [rows, length], nor images, such as [rows, channels, height, width]",
                "Export the net with such an input.");
        if (dims.Skip(1).Any(dim => dim == 0))
            throw new UnreadableException(where, "has a length that is not fixed",
                "Export the net with only the number of rows left open.");
        return dims.Skip(1).Aggregate(1.0, (product, dim) => product * dim) <= 1 << 28 ? [.. dims.Skip(1).Select(dim => (int)dim)]
            : throw new UnreadableException(where, $"is {string.Join(" x ", dims.Skip(1))}, too large for a net", "Give a smaller net.");
    }

    private static IEnumerable<Signal> Starts(FileGraph graph, int[] dims, bool channelsLast)
    {
        if (dims is [var length])
        {
            yield return new(Step.Input(Shape.Vector(length)), Layout.Vector(length));

            // Vectors that are pixels: the net begins by making images of them.
            var pixels = graph.Nodes.Where(node => node.Type == "Reshape" && node.Inputs.Count == 2)
                .Select(node => graph.Constants.GetValueOrDefault(node.Inputs[1]))
                .Where(target => target is { Count: 4, IsInteger: true }).Select(target => target!.Integers())
                .FirstOrDefault(target => target[1] > 0 && target[2] > 0 && target[3] > 0
                    && target.Skip(1).Aggregate(1.0, (product, dim) => product * dim) == length);
            if (pixels is null) yield break;
            int[] image = [(int)pixels[1], (int)pixels[2], (int)pixels[3]];
            yield return First(image) with { Layout = First(image).Layout.Reshaped([length]) };
            yield return Last(image) with { Layout = Last(image).Layout.Reshaped([length]) };
            yield break;
        }

        if (!channelsLast) yield return First(dims);
        yield return Last(dims);
        if (channelsLast) yield break;
        var size = dims[0] * dims[1] * dims[2];
        yield return new(Step.Input(Shape.Vector(size)), Layout.Vector(size).Reshaped(dims));

        Signal First(int[] image) => Of(new Shape(image[1], image[2], image[0]), Layout.ChannelsFirst);
        Signal Last(int[] image) => Of(new Shape(image[0], image[1], image[2]), Layout.ChannelsLast);
        Signal Of(Shape shape, Func<Shape, Layout> layout) => new(Step.Input(shape), layout(shape));
    }

    // Operators on images leave one order. Without them an order is known only where there is one channel.
    private static (Walk Walk, Signal End)? Chosen(List<(Walk Walk, Signal End)> found)
    {
        var images = found.Where(one => !one.End.Step.Root().Output.IsVector).ToArray();
        return found.Count == 0 ? null
            : images.Length == 1 ? images[0]
            : images.FirstOrDefault(one => one.End.Step.Root().Output.Channels == 1) is { Walk: not null } grey ? grey
            : found[^1];
    }

    private static Signal Ended(Signal end, FilePort output)
    {
        var where = $"output '{output.Name}'";
        if (!end.Around.IsNone) throw new UnreadableException(where, "has zeros around an image", OnnxOperators.Remedy);
        var ordered = end.Layout.Places().Select((place, at) => place == at).All(same => same);
        if (!ordered || !end.Step.Output.IsVector && end.Layout.Dims.Length > 1)
            throw new UnreadableException(where, $"is an image of {end.Step.Output}, and a net's output is a vector here",
                "Export the net with a layer that flattens, and a dense layer, at its end.");
        return end;
    }

    private static Variables Numbers(IReadOnlyList<ReadLayer> layers)
    {
        var (parameters, moments) = (new List<float>(), new List<float>());
        Add(layers);
        return new(EquatableArray.From(parameters), EquatableArray.From(moments));

        // In the order of a plan: the body of a residual block, then its shortcut.
        void Add(IReadOnlyList<ReadLayer> sequence)
        {
            foreach (var layer in sequence)
            {
                foreach (var block in layer.Parameters) parameters.AddRange(block);
                foreach (var block in layer.Moments) moments.AddRange(block);
                Add(layer.Body);
                Add(layer.Shortcut);
            }
        }
    }
}
