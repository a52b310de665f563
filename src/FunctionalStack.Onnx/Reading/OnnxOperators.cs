using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>The operators that can be read.</summary>
internal static class OnnxOperators
{
    public const string Remedy = "Nets of these operators can be read: Conv, Gemm, MatMul, Add, Sub, Mul, Div, Sum, BatchNormalization, "
        + "Relu, LeakyRelu, Sigmoid, Tanh, Clip, Softmax, MaxPool, AveragePool, GlobalAveragePool, ReduceMean, Dropout, Identity, Cast, "
        + "Flatten, Reshape, Squeeze, Unsqueeze, Transpose, Pad, Constant, Shape, Gather, Slice, Concat. "
        + "Export the net for inference and without other layers.";

    private static readonly Dictionary<string, Func<FileNode, Walk, Value>> known = new(StringComparer.Ordinal)
    {
        ["Conv"] = Convolutions.Read,
        ["Gemm"] = DenseLayers.Gemm,
        ["MatMul"] = DenseLayers.MatMul,
        ["Add"] = Sums.Add,
        ["Sum"] = Sums.Add,
        ["Sub"] = Sums.Sub,
        ["Mul"] = Scales.Mul,
        ["Div"] = Scales.Div,
        ["BatchNormalization"] = Normalizations.Read,
        ["Relu"] = (node, walk) => Each(node, walk, new Layer.ReLU()),
        ["LeakyRelu"] = (node, walk) => Each(node, walk, new Layer.LeakyReLU(Shortest(node.Single("alpha", 0.01f)))),
        ["Sigmoid"] = (node, walk) => Each(node, walk, new Layer.Sigmoid()),
        ["Tanh"] = (node, walk) => Each(node, walk, new Layer.Tanh()),
        ["Clip"] = Clip,
        ["Softmax"] = Softmax,
        ["MaxPool"] = Pools.Max,
        ["AveragePool"] = Pools.Average,
        ["GlobalAveragePool"] = Pools.Global,
        ["ReduceMean"] = Pools.Mean,
        ["Dropout"] = Dropout,
        ["Identity"] = (node, walk) => walk.Of(node, 0),
        ["Cast"] = Cast,
        ["Flatten"] = Shapes.Flatten,
        ["Reshape"] = Shapes.Reshape,
        ["Squeeze"] = Shapes.Squeeze,
        ["Unsqueeze"] = Shapes.Unsqueeze,
        ["Transpose"] = Shapes.Transpose,
        ["Pad"] = Convolutions.Pad,
        ["Constant"] = Extents.Constant,
        ["Shape"] = Extents.Shape,
        ["Gather"] = Extents.Gather,
        ["Slice"] = Extents.Slice,
        ["Concat"] = Extents.Concat,
    };

    public static IEnumerable<string> Names => known.Keys;

    public static Value Read(FileNode node, Walk walk) => known.TryGetValue(node.Type, out var read)
        ? read(node, walk) : throw node.Refused("the library has no layer for this operator");

    /// <summary>The number whose single-precision form this is: the file has 1e-3 as 0.0010000000474974513.</summary>
    public static double Shortest(float number) => double.Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        System.Globalization.CultureInfo.InvariantCulture);

    private static Signal Each(FileNode node, Walk walk, Layer layer)
    {
        var signal = walk.Signal(node, 0);
        return signal with { Step = signal.Step.Then(new ReadLayer(layer), node) };
    }

    // Only max(x, 0), which is another form of Relu.
    private static Value Clip(FileNode node, Walk walk)
    {
        var least = walk.FindTensor(node, 1) is { } low ? Single(low, node)
            : node.Has("min") ? node.Single("min", 0) : float.NegativeInfinity;
        var most = walk.FindTensor(node, 2) is { } high ? Single(high, node) : node.Has("max") ? node.Single("max", 0)
            : float.PositiveInfinity;
        return least == 0 && most >= float.MaxValue ? Each(node, walk, new Layer.ReLU())
            : throw node.Refused($"clips to {least} to {most}, and only Clip from 0 without a maximum is a layer");
    }

    private static Value Softmax(FileNode node, Walk walk)
    {
        var signal = walk.Signal(node, 0);
        var rank = signal.Layout.Dims.Length + 1;
        // Up to opset 12 all dimensions from the axis on are one.
        var joined = walk.Opset < 13;
        var axis = Shapes.Place(node.Integer("axis", joined ? 1 : -1), rank, node);
        var flat = signal.Flat(node);
        return axis > 0 && (joined && axis == 1 || signal.Layout.Dims[axis - 1] == signal.Layout.Size)
            ? flat with { Step = flat.Step.Then(new ReadLayer(new Layer.Softmax()), node) }
            : throw node.Refused($"has the axis {axis} of {signal.Step.Output}, and a softmax is over all outputs of a vector here");
    }

    private static Value Dropout(FileNode node, Walk walk)
    {
        node.Ignore("seed", "is_test");
        if (walk.FindTensor(node, 2) is { } training && !IsFalse(training)) throw node.Refused("is in training mode");
        var rate = walk.FindTensor(node, 1) is { } ratio ? Single(ratio, node) : node.Single("ratio", 0.5f);
        return rate is 0 ? walk.Signal(node, 0) : Each(node, walk, new Layer.Dropout(Shortest(rate)));
    }

    private static Value Cast(FileNode node, Walk walk)
    {
        var to = node.Integer("to", 0);
        node.Ignore("saturate");
        return walk.Of(node, 0) switch
        {
            Signal signal when to is FileTensor.Number.Float or FileTensor.Number.Double => signal,
            Constant { Tensor: { IsInteger: true } } whole when to is FileTensor.Number.Int32 or FileTensor.Number.Int64 => whole,
            Constant { Tensor: { IsFloating: true } tensor } when to is FileTensor.Number.Float or FileTensor.Number.Double =>
                new Constant(tensor.With(tensor.Dims, walk.Floats(tensor, node))),
            _ => throw node.Refused($"converts to type {to}, and a net computes in single precision"),
        };
    }

    public static float Single(FileTensor tensor, FileNode node) =>
        tensor.Count == 1 ? tensor.Floats()[0] : throw node.Refused("has an input of several numbers, where one is needed");

    private static bool IsFalse(FileTensor flag) => flag.Count == 1 && flag.IsZero;
}
