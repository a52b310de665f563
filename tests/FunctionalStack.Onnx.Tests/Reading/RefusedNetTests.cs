using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Reading;

/// <summary>What is no net of the library's layers is refused: the message names the node and what is wrong with it.</summary>
public class RefusedNetTests
{
    private static readonly NodeAttribute two = NodeAttribute.Of("strides", [2L, 2]);
    private static readonly NodeAttribute window = NodeAttribute.Of("kernel_shape", [2L, 2]);

    public static TheoryData<string, string> Nodes() => new()
    {
        { "Gelu", "the library has no layer for this operator" },
        { "groups", "has groups" },
        { "dilations", "has dilations" },
        { "strides", "both are equal" },
        { "pads", "neither valid nor same padding of a square kernel" },
        { "flat", "has a kernel of 3x1 at a stride of 1, and 0, 0, 0 and 0 zeros" },
        { "kernel", "has a kernel of 2 x 4 x 3 x 3 for an image of 6x6x3" },
        { "ceil", "extend over the edge" },
        { "training", "is in training mode" },
        { "attribute", "the attribute 'other' is not known" },
        { "domain", "its operators of 'com.other' have no form" },
        { "axis", "and a softmax is over all outputs" },
        { "rows", "the first dimension must stay the number of rows" },
        { "sum", "or the same in another order" },
        { "missing", "reads 'nothing', which no node before it makes" },
        { "twice", "makes 'y', which is there already" },
        { "second", "only its first output can be read" },
        { "image", "a net's output is a vector" },
        { "bias", "has a bias of 3 for 2 filters" },
        { "constant", "only one number, or one for each channel" },
        { "open", "has a length that is not fixed" },
    };

    [Theory]
    [MemberData(nameof(Nodes))]
    public void Other_nodes_are_refused_by_name(string what, string message)
    {
        var failure = Assert.IsType<Outcome<NetworkModel>.Fail>(OnnxImport.Network("f.onnx", File(what))).Failure;
        Assert.StartsWith("f.onnx: ", failure.Where, StringComparison.Ordinal);
        if (what is not ("image" or "open"))
            Assert.Contains(what == "second" ? "node '/z y/" : "node '/y/", failure.Where, StringComparison.Ordinal);
        Assert.Contains(message, failure.What, StringComparison.Ordinal);
        Assert.NotEmpty(failure.Remedy);
    }

    private static byte[] File(string what)
    {
        var graph = new HandGraph().Input("x", 3, 6, 6).Random("w", 2, 3, 3, 3).Random("c", 2, 4, 3, 3).Random("four", 3)
            .Random("g", 0.5, 3).Random("plane", 6, 6).Integers("rows", 3, 36);
        graph = what switch
        {
            "Gelu" => graph.Node("Gelu", "x", "y"),
            "groups" => graph.Node("Conv", "x w", "y", NodeAttribute.Of("group", 3L)),
            "dilations" => graph.Node("Conv", "x w", "y", NodeAttribute.Of("dilations", [2L, 2])),
            "strides" => graph.Node("Conv", "x w", "y", NodeAttribute.Of("strides", [1L, 2])),
            "pads" => graph.Node("Conv", "x w", "y", NodeAttribute.Of("pads", [2L, 2, 2, 2])),
            "twice" => graph.Node("Flatten", "x", "y").Node("Relu", "y", "y"),
            "flat" => graph.Random("f", 2, 3, 3, 1).Node("Conv", "x f", "y"),
            "kernel" => graph.Node("Conv", "x c", "y"),
            "ceil" => graph.Node("MaxPool", "x", "y", NodeAttribute.Of("kernel_shape", [3L, 3]), two, NodeAttribute.Of("ceil_mode", 1L)),
            "training" => graph.Node("BatchNormalization", "x g g g g", "y", NodeAttribute.Of("training_mode", 1L)),
            "attribute" => graph.Node("Relu", "x", "y", NodeAttribute.Of("other", 1L)),
            "domain" => graph.NodeOf("com.other", "Relu", "x", "y"),
            "axis" => graph.Node("Softmax", "x", "y"),
            "rows" => graph.Node("Reshape", "x rows", "y"),
            "sum" => graph.Node("Transpose", "x", "t", NodeAttribute.Of("perm", [0L, 1, 3, 2])).Node("Add", "x t", "y"),
            "missing" => graph.Node("Add", "x nothing", "y"),
            "second" => graph.Node("MaxPool", "x", "z y", window),
            "image" => graph.Node("Conv", "x w", "y"),
            "bias" => graph.Node("Conv", "x w four", "y"),
            "constant" => graph.Node("Mul", "x plane", "y"),
            _ => new HandGraph().Input("x", 3, 0, 6).Node("Relu", "x", "y"),
        };
        return graph.File("y", 3);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        Assert.Contains("damaged", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("damaged", Refusal("solid cube"u8.ToArray()), StringComparison.Ordinal);
        var table = new HandGraph().Input("a", 1).Input("b", 1).Node("Add", "a b", "y").File("y", 1);
        Assert.Contains("has 2 inputs", Refusal(table), StringComparison.Ordinal);
        Assert.Contains("version 6", Refusal(new HandGraph(6).Input("a", 1).Node("Relu", "a", "y").File("y", 1)), StringComparison.Ordinal);
        var outside = new Message().Add(1, [2L, 2]).Add(2, 1L).Add(8, "w").Add(14, 1L);
        Assert.Contains("stored in another file",
            Refusal(new HandGraph().Input("x", 2).Constant(outside).Node("MatMul", "x w", "y").File("y", 2)), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Failed(OnnxImport.Network("/nowhere/f.onnx")).What, StringComparison.Ordinal);
        var net = new HandGraph().Input("x", 2).Floats("w", [1, 2, 3, 4], 2, 2).Node("MatMul", "x w", "y").File("y", 2);
        Assert.Contains("are 3, where the net has 2", Failed(OnnxImport.Network("f", net, ["a", "b", "c"])).What, StringComparison.Ordinal);
        Assert.Contains("twice", Failed(OnnxImport.Network("f", net, ["a", "a"])).What, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], OnnxImport.Network("f", net, ["a", "b"]).OrThrow().Levels);
    }

    /// <summary>Few bytes that ask for many layers, or much memory.</summary>
    [Fact]
    public void Small_files_that_ask_for_much_are_refused()
    {
        var doubled = new HandGraph().Input("v0", 2);
        for (var at = 0; at < 200; at++) doubled.Node("Add", $"v{at} v{at}", $"v{at + 1}");
        Assert.Equal(200, OnnxImport.Network("f", doubled.File("v200", 2)).OrThrow().Network.Layers.Count);

        // Each value is the sum of the last two: as a tree it has 2^200 layers.
        var fibonacci = new HandGraph().Input("v0", 2).Node("Relu", "v0", "v1");
        for (var at = 2; at < 200; at++) fibonacci.Node("Add", $"v{at - 1} v{at - 2}", $"v{at}");
        Assert.Contains("layers", Refusal(fibonacci.File("v199", 2)) + Refusal(fibonacci.File("v199", 2)), StringComparison.Ordinal);

        var nested = new HandGraph().Input("v0", 2).Node("Relu", "v0", "v1");
        for (var at = 2; at < 200; at++) nested.Node("Add", $"v{at - 1} v0", $"a{at}").Node("Relu", $"a{at}", $"v{at}");
        Assert.Contains("residual blocks", Refusal(nested.File("v199", 2)), StringComparison.Ordinal);

        // One constant of a megabyte, used a thousand times.
        var again = new HandGraph().Input("v0", 512).Random("w", 512, 512);
        for (var at = 0; at < 1000; at++) again.Node("MatMul", $"v{at} w", $"v{at + 1}");
        Assert.Contains("far more numbers than the file holds", Refusal(again.File("v1000", 512)), StringComparison.Ordinal);

        // Each sum is a residual block of 4,000 layers.
        var spread = new HandGraph().Input("v0", 2);
        for (var at = 0; at < 4000; at++) spread.Node("Relu", $"v{at}", $"v{at + 1}");
        for (var at = 0; at < 3000; at++) spread.Node("Add", "v4000 v0", $"a{at}");
        for (var at = 0; at < 2999; at++) spread.Node("Add", $"a{at} a{at + 1}", $"a{at + 1}b");
        for (var at = 2; at < 3000; at++) spread.Node("Add", $"{(at == 2 ? "a1b" : $"s{at - 1}")} a{at}b", $"s{at}");
        Assert.Contains("far more numbers than the file holds", Refusal(spread.File("s2999", 2)), StringComparison.Ordinal);

        var huge = new Message().Add(1, [1L << 20, 1L << 20]).Add(2, 1L).Add(8, "w");
        Assert.Contains("has the dimensions",
            Refusal(new HandGraph().Input("x", 2).Constant(huge).Node("MatMul", "x w", "y").File("y", 2)), StringComparison.Ordinal);
    }

    /// <summary>The message that lists the operators has all that are read.</summary>
    [Fact]
    public void The_remedy_names_every_operator() => Assert.Equal(OnnxOperators.Names.Order(),
        OnnxOperators.Remedy.Split(": ")[1].Split(". ")[0].Split(", ").Order());

    private static string Refusal(byte[] file) => Failed(OnnxImport.Network("f", file)).What;

    private static Failure Failed(Outcome<NetworkModel> outcome) => Assert.IsType<Outcome<NetworkModel>.Fail>(outcome).Failure;
}
