using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>
/// A network in the graph, in single precision, with its batch normalizations folded where a convolution or dense layer is before them.
/// Images
/// are [N, channels, height, width] between layers.
/// </summary>
internal static class NetworkGraph
{
    // A layer's output: an image, or a vector of each row.
    private readonly record struct Activations(Edge Edge, Shape Shape, bool IsImage)
    {
        public Edge Image => IsImage ? Edge : Shape.IsVector ? Edge.Reshape(-1, Shape.Channels, 1, 1)
            : Edge.Reshape(-1, Shape.Height, Shape.Width, Shape.Channels).Transpose(0, 3, 1, 2);

        public Edge Vector => !IsImage ? Edge : (Shape.IsVector ? Edge : Edge.Transpose(0, 2, 3, 1)).Reshape(-1, Shape.Size);
    }

    /// <summary>The outputs, [N, outputs].</summary>
    /// <param name="network">The network.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="input">Examples of single precision, [N, size]: rows of pixels of channels.</param>
    public static Edge Of(Network network, Variables variables, Edge input)
    {
        var (folded, own) = Folding.WithFoldedBatchNorm(network.Check().OrThrow(), variables);
        var plan = folded.Check().OrThrow();
        var made = new Activations[plan.Nodes.Count];
        for (var at = 0; at < made.Length; at++)
        {
            var node = plan.Nodes[at];
            made[at] = node.Layer is Layer.Residual ? Sum(From(node.From), From(node.Other), node)
                : Apply(node, From(node.From), own);
        }

        return From(made.Length - 1).Vector;

        Activations From(int node) => node < 0 ? new(input, plan.Network.Input, false) : made[node];
    }

    private static Activations Apply(Node node, Activations x, Variables variables) => node.Layer switch
    {
        Layer.Conv2D conv => Image(node, Convolve(node, conv, x.Image, variables)),
        Layer.Dense => new(Multiply(node, x.Vector, variables), node.Output, false),
        Layer.BatchNorm norm when x.Shape.IsVector && !x.IsImage => x with { Edge = Normalize(node, norm, x.Edge, variables) },
        Layer.BatchNorm norm => Image(node, Normalize(node, norm, x.Image, variables)),
        Layer.ReLU => Each(x, "Relu"),
        Layer.LeakyReLU leaky => Each(x, "LeakyRelu", NodeAttribute.Of("alpha", (float)leaky.Slope)),
        Layer.Sigmoid => Each(x, "Sigmoid"),
        Layer.Tanh => Each(x, "Tanh"),
        Layer.MaxPool2D pool => Image(node, Pool("MaxPool", x.Image, pool.Size, pool.Stride)),
        Layer.AveragePool2D pool => Image(node, Pool("AveragePool", x.Image, pool.Size, pool.Stride)),
        Layer.GlobalAveragePool => new(new Operation("ReduceMean", [x.Image], NodeAttribute.Of("axes", [2L, 3L]),
            NodeAttribute.Of("keepdims", 0L))[0], node.Output, false),
        Layer.Flatten => new(x.Vector, node.Output, false),
        Layer.Softmax => new(x.Vector.Softmax(), node.Output, false),
        Layer.Dropout => x,
        _ => throw new InvalidOperationException(),
    };

    private static Activations Image(Node node, Edge edge) => new(edge, node.Output, true);

    private static Activations Each(Activations x, string type, params NodeAttribute[] attributes) =>
        x with { Edge = new Operation(type, [x.Edge], attributes)[0] };

    private static Activations Sum(Activations body, Activations shortcut, Node node) =>
        body.IsImage || shortcut.IsImage ? Image(node, body.Image + shortcut.Image)
        : new(body.Edge + shortcut.Edge, node.Output, false);

    // Kernels are [rows, columns, channels, filters]; ONNX has them as [filters, channels, rows, columns].
    private static Edge Convolve(Node node, Layer.Conv2D conv, Edge image, Variables variables)
    {
        var (size, channels, filters) = (conv.Kernel, node.Input.Channels, conv.Filters);
        var kernel = variables.Of(node.Parameters[0]);
        var turned = new float[kernel.Length];
        for (var at = 0; at < turned.Length; at++)
        {
            var (filter, channel, pixel) = (at / (channels * size * size), at / (size * size) % channels, at % (size * size));
            turned[at] = kernel[(pixel * channels + channel) * filters + filter];
        }

        var (top, bottom) = Padding(node.Input.Height, node.Output.Height);
        var (left, right) = Padding(node.Input.Width, node.Output.Width);
        var inputs = new List<Edge?> { image, Tensor.Of(turned, filters, channels, size, size) };
        if (node.Parameters.Count > 1) inputs.Add(Tensor.Of(variables.Of(node.Parameters[1]), filters));
        return new Operation("Conv", [.. inputs], NodeAttribute.Of("pads", [top, left, bottom, right]),
            NodeAttribute.Of("strides", [conv.Stride, (long)conv.Stride]))[0];

        // The odd row or column is below and right.
        (long Before, long After) Padding(int input, int output)
        {
            var all = conv.Padding == Neural.Padding.Valid ? 0 : Math.Max((output - 1) * conv.Stride + size - input, 0);
            return (all / 2, all - all / 2);
        }
    }

    private static Edge Multiply(Node node, Edge vector, Variables variables)
    {
        var units = node.Output.Size;
        var inputs = new List<Edge?> { vector, Tensor.Of(variables.Of(node.Parameters[0]), node.Input.Size, units) };
        if (node.Parameters.Count > 1) inputs.Add(Tensor.Of(variables.Of(node.Parameters[1]), units));
        return new Operation("Gemm", [.. inputs])[0];
    }

    private static Edge Normalize(Node node, Layer.BatchNorm norm, Edge x, Variables variables)
    {
        var all = node.Parameters.Concat(node.Moments)
            .Select(block => (Edge?)(Edge)Tensor.Of(variables.Of(block), block.Length));
        return new Operation("BatchNormalization", [x, .. all], NodeAttribute.Of("epsilon", (float)norm.Epsilon),
            NodeAttribute.Of("momentum", (float)norm.Momentum))[0];
    }

    private static Edge Pool(string type, Edge image, int size, int stride) => new Operation(type, [image],
        NodeAttribute.Of("kernel_shape", [size, (long)size]),
        NodeAttribute.Of("strides", Enumerable.Repeat((long)(stride == 0 ? size : stride), 2)))[0];
}
