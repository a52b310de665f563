using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Reading;

/// <summary>An ONNX file written node by node, as other libraries write theirs.</summary>
internal sealed class HandGraph(int opset = 17)
{
    private readonly Message graph = new();
    private readonly List<string> domains = [""];
    private RandomStream stream = Seed.Of(7).Stream();
    private long[] dims = [];

    public HandGraph Input(string name, params long[] lengths)
    {
        dims = lengths;
        graph.Add(11, new Port(name, ElementType.Float, [.. lengths]).Write());
        return this;
    }

    /// <summary>Numbers from -0.5 to 0.5, or from <paramref name="least"/> on.</summary>
    public HandGraph Random(string name, double least, params long[] lengths) =>
        Floats(name, [.. Enumerable.Range(0, (int)lengths.Aggregate(1L, (all, one) => all * one))
            .Select(_ => (float)(least + stream.NextDouble()))], lengths);

    public HandGraph Random(string name, params long[] lengths) => Random(name, -0.5, lengths);

    public HandGraph Floats(string name, float[] numbers, params long[] lengths) => Constant(Tensor.Of(numbers, lengths).Write(name));

    public HandGraph Integers(string name, params long[] numbers) => Constant(Tensor.Of(numbers, numbers.Length).Write(name));

    public HandGraph Constant(Message tensor)
    {
        graph.Add(5, tensor);
        return this;
    }

    public HandGraph Node(string type, string inputs, string output, params NodeAttribute[] attributes) =>
        NodeOf("", type, inputs, output, attributes);

    public HandGraph NodeOf(string domain, string type, string inputs, string output, params NodeAttribute[] attributes)
    {
        var node = new Message();
        foreach (var input in inputs.Split(' ')) node.Add(1, input == "_" ? "" : input);
        foreach (var one in output.Split(' ')) node.Add(2, one);
        node.Add(3, $"/{output}/{type}").Add(4, type).Add(7, domain);
        foreach (var attribute in attributes) node.Add(5, attribute.Content);
        graph.Add(1, node);
        domains.Add(domain);
        return this;
    }

    public byte[] File(string output, params long[] lengths)
    {
        graph.Add(2, "main").Add(12, new Port(output, ElementType.Float, [.. lengths]).Write());
        var message = new Message().Add(1, 8L).Add(7, graph);
        foreach (var domain in domains.Distinct()) message.Add(8, new Message().Add(1, domain).Add(2, domain.Length == 0 ? opset : 1L));
        var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The net predicts what onnxruntime computes. The file's input is [rows, channels, height, width], or in the net's
    /// order.</summary>
    public NetworkModel Agrees(byte[] file, bool channelsFirst) => Agrees(file, channelsFirst, dims);

    /// <summary>The same for any file, whose input has these dimensions without the rows.</summary>
    public static NetworkModel Agrees(byte[] file, bool channelsFirst, params long[] dims)
    {
        const double bound = 1e-5;
        var stream = Seed.Of(8).Stream();
        var net = OnnxImport.Network("hand.onnx", file).OrThrow();
        const int rows = 3;
        var size = (int)dims.Aggregate(1L, (all, one) => all * one);
        float[] given = [.. Enumerable.Range(0, rows * size).Select(_ => (float)stream.NextDouble())];
        using var session = OnnxRun.Open(file);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0],
            new DenseTensor<float>(given, [rows, .. dims.Select(dim => (int)dim)]))]);
        var expected = results[0].AsEnumerable<float>().ToArray();
        using var backend = new HostBackend(1);
        float[] own = [.. (channelsFirst ? ChannelsLast(given, rows, dims) : given).Select(number => (float)(number / net.Divisor))];
        var actual = Inference.Predict(backend, net.Network, net.Variables, new Examples.Floats(net.Network.Input, [.. own]),
            LossKind.SquaredError).OrThrow();
        Assert.Equal(expected.Length, actual.Matrix.Count);
        for (var at = 0; at < expected.Length; at++)
        {
            Assert.True(Math.Abs(expected[at] - actual.Matrix[at]) <= bound * Math.Max(1, Math.Abs(expected[at])),
                $"number {at} is {actual.Matrix[at]:R}, not {expected[at]:R}");
        }

        return net;
    }

    private static float[] ChannelsLast(float[] given, int rows, long[] dims)
    {
        var (channels, pixels, turned) = ((int)dims[0], (int)(dims[1] * dims[2]), new float[given.Length]);
        for (var row = 0; row < rows; row++)
        {
            for (var at = 0; at < channels * pixels; at++)
                turned[row * channels * pixels + at % pixels * channels + at / pixels] = given[row * channels * pixels + at];
        }

        return turned;
    }
}
