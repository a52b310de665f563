namespace FunctionalStack.Neural;

/// <summary>Shape inference and the offsets of the parameters.</summary>
internal static class Planning
{
    private const int MostNumbers = 1 << 28;

    public static Outcome<NetworkPlan> Plan(Network network)
    {
        var (height, width, channels) = (network.Input.Height, network.Input.Width, network.Input.Channels);
        if (height < 1 || width < 1 || channels < 1)
            return Outcome.Fail<NetworkPlan>("network", $"the input shape is {height}x{width}x{channels}", "Give at least 1 of each.");
        if ((long)height * width * channels > MostNumbers)
            return Outcome.Fail<NetworkPlan>("network", $"an input of {height}x{width}x{channels} has more than {MostNumbers} elements",
                "Give smaller examples.");
        var plan = new Walk();
        return plan.Sequence(network.Layers, "", (-1, network.Input))
            .Map(_ =>
                new NetworkPlan(network, EquatableArray.From(plan.Nodes), EquatableArray.From(plan.Parameters),
                    EquatableArray.From(plan.Moments)));
    }

    private sealed class Walk
    {
        private int parameterCount;
        private int momentCount;

        public List<Node> Nodes { get; } = [];

        public List<Block> Parameters { get; } = [];

        public List<Block> Moments { get; } = [];

        public Outcome<(int Node, Shape Shape)> Sequence(EquatableArray<Layer> layers, string place, (int Node, Shape Shape) from)
        {
            var at = from;
            for (var i = 0; i < layers.Count; i++)
            {
                var name = $"{place}{(place.Length == 0 ? "layer " : "")}{i + 1}";
                var next = layers[i] is Layer.Residual residual ? Both(residual, name, at) : One(layers[i], $"{name}, {layers[i]}", at);
                if (next is not Outcome<(int, Shape)>.Ok ok) return next;
                at = ok.Value;
            }

            return Outcome.Ok(at);
        }

        private Outcome<(int Node, Shape Shape)> Both(Layer.Residual residual, string name, (int Node, Shape Shape) from) =>
            residual.Body.Count == 0
            ? Refused(name, "the residual has no body", "Give its body at least one layer.")
            : from body in Sequence(residual.Body, $"{name}, body ", @from)
              from shortcut in Sequence(residual.Shortcut, $"{name}, shortcut ", @from)
              from added in body.Shape == shortcut.Shape
                  ? Outcome.Ok(Add(new Node($"{name}, addition", residual, body.Node, shortcut.Node, body.Shape, body.Shape, default,
                      default)))
                  : Refused($"{name}, addition", $"the body's output is {body.Shape}, the shortcut's {shortcut.Shape}",
                      "Make them equal: a same-padded body, or a 1x1 Conv2D with the body's filters and stride as the shortcut.")
              select added;

        private Outcome<(int Node, Shape Shape)> One(Layer layer, string name, (int Node, Shape Shape) from) =>
            Made(layer, name, from.Shape).Bind(shape =>
        {
            if ((long)shape.Height * shape.Width * shape.Channels > MostNumbers)
                return Refused(name, $"its output is {shape}, more than {MostNumbers} elements per example", "Make it smaller.");
            var (input, output) = (from.Shape, shape);
            EquatableArray<Block> parameters = default, moments = default;
            switch (layer)
            {
                case Layer.Conv2D conv:
                    var window = conv.Kernel * conv.Kernel;
                    parameters =
                        Learned(name, conv.Bias, (long)window * input.Channels * conv.Filters, window * input.Channels,
                            window * conv.Filters, conv.Filters);
                    break;
                case Layer.Dense dense:
                    parameters = Learned(name, dense.Bias, (long)input.Channels * dense.Units, input.Channels, dense.Units, dense.Units);
                    break;
                case Layer.BatchNorm:
                    parameters = [Parameter(name, BlockKind.Gamma, input.Channels), Parameter(name, BlockKind.Beta, input.Channels)];
                    moments = [Moment(name, BlockKind.MovingMean, input.Channels), Moment(name, BlockKind.MovingVariance, input.Channels)];
                    break;
            }

            return parameterCount > MostNumbers
                ? Refused(name, $"with it the network has more than {MostNumbers} parameters", "Make it smaller.")
                : Outcome.Ok(Add(new Node(name, layer, from.Node, from.Node, input, output, parameters, moments)));
        });

        private (int Node, Shape Shape) Add(Node node)
        {
            Nodes.Add(node);
            return (Nodes.Count - 1, node.Output);
        }

        private EquatableArray<Block> Learned(string name, bool bias, long kernel, int fanIn, int fanOut, int outputs)
        {
            var first = Parameter(name, BlockKind.Kernel, (int)Math.Min(kernel, MostNumbers + 1L), fanIn, fanOut);
            return bias ? [first, Parameter(name, BlockKind.Bias, outputs)] : [first];
        }

        private Block Parameter(string name, BlockKind kind, int length, int fanIn = 0, int fanOut = 0)
        {
            var block = new Block($"{name}, {kind.ToString().ToLowerInvariant()}", kind, parameterCount, length, fanIn, fanOut);
            parameterCount = (int)Math.Min((long)parameterCount + length, MostNumbers + 1L);
            Parameters.Add(block);
            return block;
        }

        private Block Moment(string name, BlockKind kind, int length)
        {
            var block =
                new Block($"{name}, {(kind == BlockKind.MovingMean ? "moving mean" : "moving variance")}", kind, momentCount, length);
            momentCount += length;
            Moments.Add(block);
            return block;
        }
    }

    /// <summary>The output shape of a layer.</summary>
    private static Outcome<Shape> Made(Layer layer, string name, Shape input) => layer switch
    {
        Layer.Conv2D conv when conv.Filters < 1 || conv.Kernel < 1 || conv.Stride < 1 =>
            Refusal(name, $"filters {conv.Filters}, kernel {conv.Kernel}, stride {conv.Stride}", "Give at least 1 of each."),
        Layer.Conv2D { Padding: Padding.Same } conv =>
            Outcome.Ok(new Shape(CeilingOf(input.Height, conv.Stride), CeilingOf(input.Width, conv.Stride), conv.Filters)),
        Layer.Conv2D conv =>
            Windows(name, input, conv.Kernel, conv.Stride, "Use a smaller kernel, same padding, or less pooling before it.")
                .Map(shape => shape with { Channels = conv.Filters }),
        Layer.Dense dense when dense.Units < 1 => Refusal(name, $"{dense.Units} units", "Give at least 1."),
        Layer.Dense when !input.IsVector =>
            Refusal(name, $"the input must be a vector, but is {input}", $"Put Flatten before it: {input} becomes {input.Size}."),
        Layer.Dense dense => Outcome.Ok(Shape.Vector(dense.Units)),
        Layer.BatchNorm norm when !(norm.Epsilon > 0 && double.IsFinite(norm.Epsilon)) =>
            Refusal(name, $"epsilon is {norm.Epsilon}", "Give a finite number above 0, such as 1e-3."),
        Layer.BatchNorm norm when !(norm.Momentum is >= 0 and < 1) =>
            Refusal(name, $"momentum is {norm.Momentum}", "Give at least 0 and below 1, such as 0.99."),
        Layer.LeakyReLU leaky when !double.IsFinite(leaky.Slope) =>
            Refusal(name, $"slope is {leaky.Slope}", "Give a finite number, such as 0.01."),
        Layer.Dropout dropout when !(dropout.Rate is >= 0 and < 1) =>
            Refusal(name, $"rate is {dropout.Rate}", "Give at least 0 and below 1."),
        Layer.MaxPool2D pool => Pool(name, input, pool.Size, pool.Stride),
        Layer.AveragePool2D pool => Pool(name, input, pool.Size, pool.Stride),
        Layer.GlobalAveragePool => Outcome.Ok(Shape.Vector(input.Channels)),
        Layer.Flatten => Outcome.Ok(Shape.Vector(input.Size)),
        Layer.Softmax when !input.IsVector =>
            Refusal(name, $"the input must be a vector, but is {input}", $"Put Flatten before it: {input} becomes {input.Size}."),
        _ => Outcome.Ok(input),
    };

    private static Outcome<Shape> Pool(string name, Shape input, int size, int stride) => size < 1 || stride < 0
        ? Refusal(name, $"size {size}, stride {stride}", "Give a size of at least 1 and a stride of at least 1, or 0 for the size.")
        : Windows(name, input, size, stride == 0 ? size : stride, "Use a smaller window, or less pooling before it.");

    private static Outcome<Shape> Windows(string name, Shape input, int size, int stride, string remedy) =>
        input.Height < size || input.Width < size
        ? Refusal(name, $"windows of {size}x{size} don't fit into {input}", remedy)
        : Outcome.Ok(new Shape((input.Height - size) / stride + 1, (input.Width - size) / stride + 1, input.Channels));

    private static int CeilingOf(int length, int stride) => (length - 1) / stride + 1;

    private static Outcome<Shape> Refusal(string name, string what, string remedy) => Outcome.Fail<Shape>(name, what, remedy);

    private static Outcome<(int Node, Shape Shape)> Refused(string name, string what, string remedy) =>
        Outcome.Fail<(int, Shape)>(name, what, remedy);
}
