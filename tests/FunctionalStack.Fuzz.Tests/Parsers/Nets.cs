using FunctionalStack.Neural;
using FunctionalStack.Onnx;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>ONNX files of nets.</summary>
internal static class Nets
{
    public static Parser Onnx { get; } = new("onnx", [.. new[] { Exported(Convolutional), Exported(Residual), ByHand() }.Select(Readable)],
        ["Conv", "Gemm", "Reshape", "Transpose", "Add", "MaxPool", "BatchNormalization", "pads", "strides", "Softmax", "images", "Shape",
            "Pad", "\u0008\u0001", "\u0010\u0001", "Squeeze", "Slice", "Concat", "ReduceMean", "axes"], Read);

    private static Network Convolutional => Network.Of(new(6, 6, 2), new Layer.Conv2D(3, 3, 2, Padding.Same), new Layer.MaxPool2D(),
        new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Flatten(), new Layer.Dense(2), new Layer.Softmax());

    private static Network Residual => Network.Of(new(4, 4, 1), new Layer.Residual([new Layer.Conv2D(1, 3, 1, Padding.Same)]),
        new Layer.AveragePool2D(), new Layer.GlobalAveragePool(), new Layer.Dense(3, Bias: false), new Layer.Tanh());

    private static byte[] Exported(Network network)
    {
        var plan = network.Check().OrThrow();
        return OnnxExport.Of(new NetworkModel(network, Variables.Initial(plan, Seed.Of(1)),
            EquatableArray.From(Enumerable.Range(0, plan.Output.Size).Select(code => $"c{code}")), 255)).OrThrow().ToArray();
    }

    // A vector of 2 times a matrix, with lists of numbers, which the library does not write.
    private static byte[] ByHand()
    {
        byte[] weights = [8, 2, 8, 2, 16, 1, 34, 16, .. new byte[12], 0, 0, 128, 63, 66, 1, (byte)'w'];
        byte[] node = [10, 1, (byte)'x', 10, 1, (byte)'w', 18, 1, (byte)'y', 34, 6, .. "MatMul"u8];
        byte[] graph = [10, (byte)node.Length, .. node, 42, (byte)weights.Length, .. weights, .. Port(90, 'x'), .. Port(98, 'y')];
        return [8, 8, 58, (byte)graph.Length, .. graph, 66, 2, 16, 17];
    }

    private static byte[] Readable(byte[] file)
    {
        OnnxImport.Network("corpus.onnx", file).OrThrow();
        return file;
    }

    private static byte[] Port(byte key, char name) =>
        [key, 19, 10, 1, (byte)name, 18, 14, 10, 12, 8, 1, 18, 8, 10, 2, 18, 0, 10, 2, 8, 2];

    private static string? Read(byte[] bytes)
    {
        if (OnnxImport.Network("fuzz.onnx", bytes) is not Outcome<NetworkModel>.Ok { Value: var net }) return null;

        // What was read is written and read as the same net.
        var again = OnnxExport.Of(net).Bind(written => OnnxImport.Network("again.onnx", written.ToArray()));
        return again is not Outcome<NetworkModel>.Ok { Value: var same } ? $"cannot be read again: {again}"
            : same.Plan.Output == net.Plan.Output && same.Network.Input.Size == net.Network.Input.Size ? null
            : $"{net.Network} became {same.Network}";
    }
}
