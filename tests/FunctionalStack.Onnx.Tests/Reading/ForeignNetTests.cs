using FunctionalStack.Laws;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Reading;

/// <summary>Nets as PyTorch and tf2onnx write them are read as nets that predict what onnxruntime computes.</summary>
public class ForeignNetTests
{
    private static readonly NodeAttribute same = NodeAttribute.Of("pads", [1L, 1, 1, 1]);
    private static readonly NodeAttribute two = NodeAttribute.Of("strides", [2L, 2]);
    private static readonly NodeAttribute window = NodeAttribute.Of("kernel_shape", [2L, 2]);

    [Fact]
    public void A_convolutional_net_of_PyTorch_is_read()
    {
        var graph = new HandGraph().Input("x", 3, 8, 8)
            .Random("w1", 4, 3, 3, 3).Random("b1", 4).Random("g", 0.5, 4).Random("b", 4).Random("m", 4).Random("v", 0.5, 4)
            .Random("w2", 5, 4, 3, 3).Random("wf", 6, 20).Random("bf", 6)
            .Node("Conv", "x w1 b1", "c1", same, NodeAttribute.Of("kernel_shape", [3L, 3]), NodeAttribute.Of("dilations", [1L, 1]),
                NodeAttribute.Of("group", 1L), NodeAttribute.Of("strides", [1L, 1]))
            .Node("BatchNormalization", "c1 g b m v", "n1", NodeAttribute.Of("epsilon", 1e-5f), NodeAttribute.Of("momentum", 0.9f))
            .Node("Relu", "n1", "r1")
            .Node("MaxPool", "r1", "p1", window, two, NodeAttribute.Of("ceil_mode", 0L))
            .Node("Conv", "p1 w2", "c2", NodeAttribute.Of("kernel_shape", [3L, 3]))
            .Node("Sigmoid", "c2", "s2")
            .Node("Flatten", "s2", "f", NodeAttribute.Of("axis", 1L))
            .Node("Gemm", "f wf bf", "y", NodeAttribute.Of("alpha", 1f), NodeAttribute.Of("beta", 1f), NodeAttribute.Of("transB", 1L));
        var net = graph.Agrees(graph.File("y", 6), channelsFirst: true);
        Assert.Equal(Network.Of(new(8, 8, 3), new Layer.Conv2D(4, 3, 1, Padding.Same), new Layer.BatchNorm(1e-5, 0.9), new Layer.ReLU(),
            new Layer.MaxPool2D(), new Layer.Conv2D(5, Bias: false), new Layer.Sigmoid(), new Layer.Flatten(), new Layer.Dense(6)),
            net.Network);
    }

    /// <summary>A block of a ResNet: pads of 1 at a stride of 2 on an even image, which is no padding of the library.</summary>
    [Theory]
    [InlineData(8, 3)]
    [InlineData(9, 3)]
    [InlineData(16, 7)]
    public void A_residual_block_of_PyTorch_is_read(int size, int kernel)
    {
        var graph = new HandGraph().Input("x", 2, size, size).Random("w0", 4, 2, 1, 1)
            .Random("w1", 4, 2, kernel, kernel).Random("w2", 4, 4, 3, 3).Random("wf", 3, 4)
            .Node("Conv", "x w1", "c1", NodeAttribute.Of("pads", Enumerable.Repeat((long)kernel / 2, 4)), two).Node("Relu", "c1", "r1")
            .Node("Conv", "r1 w2", "c2", same)
            .Node("Conv", "x w0", "c0", two)
            .Node("Add", "c2 c0", "s").Node("Relu", "s", "r2")
            .Node("Add", "r2 r2", "d")
            .Node("GlobalAveragePool", "d", "g").Node("Flatten", "g", "f")
            .Node("Gemm", "f wf", "l", NodeAttribute.Of("transB", 1L)).Node("Softmax", "l", "y", NodeAttribute.Of("axis", 1L));
        var net = graph.Agrees(graph.File("y", 3), channelsFirst: true);
        Assert.IsType<Layer.Residual>(net.Network.Layers[0]);
        Assert.IsType<Layer.Softmax>(net.Network.Layers[^1]);
    }

    /// <summary>view(x.size(0), -1) with an open number of rows, and a transposed weight that was not folded.</summary>
    [Fact]
    public void Shapes_that_PyTorch_computes_are_read()
    {
        var graph = new HandGraph().Input("x", 2, 4, 4).Integers("first", 0).Integers("all", -1).Integers("axes", 0)
            .Random("w", 5, 32).Random("b", 5).Floats("slope", [0.2f], 1)
            .Node("Constant", "_", "zero", NodeAttribute.Of("value_int", 0L))
            .Node("Shape", "x", "shape").Node("Gather", "shape zero", "rows").Node("Unsqueeze", "rows axes", "one")
            .Node("Concat", "one all", "target", NodeAttribute.Of("axis", 0L))
            .Node("LeakyRelu", "x", "r", NodeAttribute.Of("alpha", 0.2f))
            .Node("MaxPool", "r", "p", NodeAttribute.Of("kernel_shape", [1L, 1]))
            .Node("Reshape", "p target", "f")
            .Node("Transpose", "w", "wt", NodeAttribute.Of("perm", [1L, 0])).Node("MatMul", "f wt", "mm").Node("Add", "b mm", "a")
            .Node("Dropout", "a", "d").Node("Tanh", "d", "y");
        var net = graph.Agrees(graph.File("y", 5), channelsFirst: true);
        Assert.Contains(new Layer.LeakyReLU(0.2), net.Network.Layers);
        Assert.Contains(new Layer.Dropout(), net.Network.Layers);
    }

    [Fact]
    public void A_convolutional_net_of_tf2onnx_is_read()
    {
        var graph = new HandGraph(15).Input("x", 7, 7, 2).Random("w1", 4, 2, 3, 3).Random("shift", 1, 4, 1, 1)
            .Integers("pads", 0, 0, 1, 1, 0, 0, 1, 1).Integers("shape", -1, 16).Random("w2", 16, 5).Random("b2", 5)
            .Random("scale", 0.5, 5).Random("beta", 5).Random("w3", 5, 3)
            .Node("Mul", "x k", "scaled").Floats("k", [1f / 255]).Node("Transpose", "scaled", "t", NodeAttribute.Of("perm", [0L, 3, 1, 2]))
            .Node("Pad", "t pads", "padded", NodeAttribute.Of("mode", "constant"))
            .Node("Conv", "padded w1", "c", two, NodeAttribute.Of("auto_pad", "VALID")).Node("Add", "c shift", "a").Node("Relu", "a", "r")
            .Node("AveragePool", "r", "p", window, two, NodeAttribute.Of("auto_pad", "VALID"))
            .Node("Transpose", "p", "back", NodeAttribute.Of("perm", [0L, 2, 3, 1])).Node("Reshape", "back shape", "f")
            .Node("MatMul", "f w2", "m2").Node("Add", "m2 b2", "a2").Node("Mul", "a2 scale", "n2").Node("Add", "n2 beta", "n3")
            .Node("Clip", "n3 zero", "r2").Floats("zero", [0f]).Node("MatMul", "r2 w3", "m3")
            .Node("Mul", "m3 half", "h").Floats("half", [0.5f]).Node("Softmax", "h", "y", NodeAttribute.Of("axis", -1L));
        var net = graph.Agrees(graph.File("y", 3), channelsFirst: false);
        Assert.Equal(255, net.Divisor);
        Assert.Equal(new Shape(7, 7, 2), net.Network.Input);
        Assert.Equal([typeof(Layer.Conv2D), typeof(Layer.ReLU), typeof(Layer.AveragePool2D), typeof(Layer.Flatten), typeof(Layer.Dense),
            typeof(Layer.ReLU), typeof(Layer.Dense), typeof(Layer.Softmax)], net.Network.Layers.Select(layer => layer.GetType()));
    }

    /// <summary>A mean over rows and columns, a normalization of pixels by channel, and one after an activation.</summary>
    [Fact]
    public void Products_and_sums_by_channel_are_read_as_diagonal_layers()
    {
        var graph = new HandGraph(13).Input("x", 5, 6, 3).Random("mean", 3).Random("deviation", 0.5, 3).Random("w", 4, 3, 1, 3)
            .Random("scale", 4).Random("offset", 4)
            .Node("Sub", "x mean", "s").Node("Div", "s deviation", "n")
            .Node("Transpose", "n", "t", NodeAttribute.Of("perm", [0L, 3, 1, 2]))
            .Node("Conv", "t w", "c", NodeAttribute.Of("auto_pad", "SAME_UPPER")).Node("Relu", "c", "r")
            .Node("ReduceMean", "r", "g", NodeAttribute.Of("axes", [2L, 3]), NodeAttribute.Of("keepdims", 0L))
            .Node("Mul", "g scale", "m").Node("Add", "m offset", "y");
        var file = graph.File("y", 4);
        graph.Agrees(file, channelsFirst: false);
        Assert.Contains(OnnxImport.Network("f", file).Notes, note => note.What.Contains("diagonal kernel", StringComparison.Ordinal));
        Assert.Contains(OnnxImport.Network("f", file).Notes, note => note.What.Contains("instead of 1x3", StringComparison.Ordinal));
    }

    [Fact]
    public void Vectors_of_pixels_become_images_where_the_net_begins_so()
    {
        var graph = new HandGraph().Input("x", 36).Integers("image", -1, 1, 6, 6).Random("w", 2, 1, 3, 3).Integers("flat", -1, 32)
            .Random("d", 32, 3)
            .Node("Reshape", "x image", "i").Node("Conv", "i w", "c").Node("Reshape", "c flat", "f").Node("MatMul", "f d", "y");
        Assert.Equal(new Shape(6, 6, 1), graph.Agrees(graph.File("y", 3), channelsFirst: false).Network.Input);
    }

    [Fact]
    public void A_perceptron_reads_vectors_and_images_of_an_unknown_order_are_vectors_with_a_note()
    {
        var graph = new HandGraph().Input("x", 5).Random("w", 5, 3).Random("b", 3).Node("Gemm", "x w b", "y");
        Assert.Equal(Shape.Vector(5), graph.Agrees(graph.File("y", 3), channelsFirst: false).Network.Input);

        var images = new HandGraph().Input("x", 3, 4, 5).Random("w", 60, 3).Node("Flatten", "x", "f").Node("MatMul", "f w", "y");
        var file = images.File("y", 3);
        Assert.Equal(Shape.Vector(60), images.Agrees(file, channelsFirst: false).Network.Input);
        Assert.Contains("in any order", Assert.Single(OnnxImport.Network("f", file).Notes).What, StringComparison.Ordinal);

        var grey = new HandGraph().Input("x", 1, 4, 5).Random("w", 20, 3).Node("Flatten", "x", "f").Node("MatMul", "f w", "y");
        Assert.Equal(new Shape(4, 5, 1), grey.Agrees(grey.File("y", 3), channelsFirst: false).Network.Input);
    }

    /// <summary>Files that torch.onnx.export wrote (tests/golden/onnx/make.py).</summary>
    [Theory]
    [InlineData("lenet", 1)]
    [InlineData("lenet-folded", 1)]
    [InlineData("lenet-opset9", 1)]
    [InlineData("resnet", 3)]
    public void Files_of_PyTorch_are_read(string name, int channels)
    {
        var file = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden", "onnx", $"pytorch-{name}.onnx"));
        var net = HandGraph.Agrees(file, channelsFirst: true, channels, 16, 16);
        Assert.Equal(new Shape(16, 16, channels), net.Network.Input);
    }

    [Fact]
    public void Half_precision_and_numbers_in_lists_are_read()
    {
        var halves = new Message().Add(1, [2L, 2]).Add(2, 10L).Add(5, [0x3C00L, 0xC000, 0x3800, 0]).Add(8, "w");
        var bias = new Message().Add(1, [2L]).Add(2, 1L).Add(4, 0.25f).Add(4, -1f).Add(8, "b");
        var file = new HandGraph().Input("x", 2).Constant(halves).Constant(bias).Node("Gemm", "x w b", "y").File("y", 2);
        var net = OnnxImport.Network("f", file);
        Assert.Equal([1f, -2, 0.5f, 0, 0.25f, -1], net.OrThrow().Variables.Parameters);
        Assert.Contains("half precision", Assert.Single(net.Notes).What, StringComparison.Ordinal);
    }
}
