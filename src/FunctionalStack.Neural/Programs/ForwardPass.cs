namespace FunctionalStack.Neural;

/// <summary>
/// A network's layers compiled to operations, first to last. Batch normalization and activations are fused into the input of
/// the next operation, and a pooling after them is fused with them. Each layer queues its backward operations.
/// </summary>
internal sealed class ForwardPass
{
    private readonly NetworkPlan plan;
    private readonly int batch;
    private readonly Arena arena;
    private readonly BackwardPass? back;
    private readonly List<Instruction> instructions = [];
    private readonly List<Instruction> prepare = [];
    private readonly List<BatchMoments> normalizations = [];
    private readonly Tensor[] made;
    private readonly HashSet<int> shared;

    // The index of the convolution or dense layer that writes a tensor: it also computes the moments of a following normalization.
    private readonly Dictionary<Tensor, int> writers = [];
    private string layer = "input";
    private int drops;

    /// <param name="plan">The network.</param>
    /// <param name="batch">The maximum number of examples.</param>
    /// <param name="arena">Where its tensors are allocated.</param>
    /// <param name="back">Where layers queue their backward operations; null for inference.</param>
    public ForwardPass(NetworkPlan plan, int batch, Arena arena, BackwardPass? back = null)
    {
        (this.plan, this.batch, this.arena, this.back) = (plan, batch, arena, back);
        Parameters = new(plan, arena);
        Gradients = back is null ? default : arena.Take(Parameters.Length);
        made = new Tensor[plan.Nodes.Count];
        Input = Fresh(plan.Network.Input, needsGradient: false);
        shared = [.. plan.Nodes.SelectMany(node => node.Layer is Layer.Residual ? [node.From, node.Other] : new[] { node.From })
            .GroupBy(node => node).Where(readers => readers.Count() > 1).Select(readers => readers.Key)];
    }

    public ParameterMap Parameters { get; }

    /// <summary>The gradients, with the offsets of the parameters; empty for inference.</summary>
    public Slice Gradients { get; }

    public Tensor Input { get; }

    public IReadOnlyList<Instruction> Instructions => instructions;

    /// <summary>Operations that must run whenever the moving averages were written; for inference only.</summary>
    public IReadOnlyList<Instruction> Prepare => prepare;

    /// <summary>The moments of every batch normalization, in plan order.</summary>
    public IReadOnlyList<BatchMoments> Normalizations => normalizations;

    /// <summary>Compiles the first <paramref name="count"/> nodes. Returns the last one's output, without a pending normalization or
    /// activation.</summary>
    public Tensor Lay(int count)
    {
        Input.Shared = shared.Contains(-1);
        for (var i = 0; i < count; i++)
        {
            var node = plan.Nodes[i];
            layer = node.Name;
            made[i] = Lay(node);
            if (shared.Contains(i))
            {
                made[i] = Plain(made[i]);
                made[i].Shared = true;
            }
        }

        return Plain(At(count - 1));
    }

    private Tensor At(int node) => node < 0 ? Input : made[node];

    private Tensor Lay(Node node)
    {
        var x = At(node.From);
        return node.Layer switch
        {
            Layer.Conv2D conv => Convolve(node, conv, x),
            Layer.Dense dense => Dense(node, dense, x),
            Layer.BatchNorm norm => Normalize(node, norm, x),
            Layer.ReLU => Activate(x, new(ActivationKind.ReLU)),
            Layer.LeakyReLU leaky => Activate(x, new(ActivationKind.LeakyReLU, (float)leaky.Slope)),
            Layer.Sigmoid => Activate(x, new(ActivationKind.Sigmoid)),
            Layer.Tanh => Activate(x, new(ActivationKind.Tanh)),
            Layer.MaxPool2D pool => Apply(x, Square(PoolingKind.Max, pool.Size, pool.Stride)),
            Layer.AveragePool2D pool => Apply(x, Square(PoolingKind.Average, pool.Size, pool.Stride)),
            Layer.GlobalAveragePool => Apply(x, new(PoolingKind.Average, x.Shape.Height, x.Shape.Width, 1)),
            Layer.Flatten => Flatten(x),
            Layer.Dropout dropout => back is not null && dropout.Rate > 0 ? Drop(Plain(x), (float)dropout.Rate) : x,
            Layer.Softmax => Softmax(Plain(x)),
            Layer.Residual => Add(x, At(node.Other)),
            _ => throw new InvalidOperationException($"{node.Layer} has no operation"),
        };
    }

    private Tensor Convolve(Node node, Layer.Conv2D conv, Tensor x)
    {
        var window = WindowOf(node, conv);
        var (kernel, bias) = Kernel(node);
        var (source, z) = (x.Source, Fresh(node.Output, true));
        writers[z] = instructions.Count;
        Emit(z.Source.Data, new Operation.Convolve(window, source, kernel.At, bias?.At, z.Source.Data));
        OnWayBack(back =>
        {
            var (dz, dx) = (back.GradientOf(z), back.InputGradientOf(x));
            back.Emit(kernel.Gradient,
                new Operation.ConvolveBackward(window, source, kernel.At, dz, kernel.Gradient, bias?.Gradient, dx.Into));
            dx.Done();
        });
        return z;
    }

    private Tensor Dense(Node node, Layer.Dense dense, Tensor x)
    {
        var (kernel, bias) = Kernel(node);
        var (source, z) = (x.Source, Fresh(node.Output, true));
        writers[z] = instructions.Count;
        Emit(z.Source.Data, new Operation.Dense(source, kernel.At, bias?.At, z.Source.Data, dense.Units));
        OnWayBack(back =>
        {
            var (dz, dx) = (back.GradientOf(z), back.InputGradientOf(x));
            back.Emit(kernel.Gradient,
                new Operation.DenseBackward(source, kernel.At, dz, kernel.Gradient, bias?.Gradient, dx.Into));
            dx.Done();
        });
        return z;
    }

    private Tensor Normalize(Node node, Layer.BatchNorm norm, Tensor x)
    {
        var y = x.Source.IsPlain && !x.Shared ? x : Apply(x, null);
        var (gamma, beta) = (node.Parameters[0], node.Parameters[1]);
        var (movingMean, movingVariance) = (Parameters[node.Moments[0]], Parameters[node.Moments[1]]);
        var (mean, variance, inverse) = (arena.Take(node.Input.Channels), arena.Take(node.Input.Channels), arena.Take(node.Input.Channels));
        var moments = new BatchMoments(mean, variance, inverse, movingMean, movingVariance, (float)norm.Epsilon, (float)norm.Momentum);
        normalizations.Add(moments);
        if (back is null)
        {
            prepare.Add(new(layer, inverse, new Operation.InverseDeviation(movingVariance, (float)norm.Epsilon, inverse)));
            y.Normalize(new(movingMean, inverse, Parameters[gamma], Parameters[beta]), null);
            return y;
        }

        if (writers.TryGetValue(y, out var writer)) instructions[writer] = WithMoments(instructions[writer], moments);
        else Emit(mean, new Operation.Moments(y.Source.Data, y.Shape, moments));
        y.Normalize(new(mean, inverse, Parameters[gamma], Parameters[beta]),
            new(Parameters.In(Gradients, gamma), Parameters.In(Gradients, beta)));
        if (!y.NeedsGradient) OnWayBack(back => back.Settle(y));
        return y;
    }

    private static Instruction WithMoments(Instruction writer, BatchMoments moments) => writer with
    {
        Operation = writer.Operation switch
        {
            Operation.Convolve convolve => convolve with { ZMoments = moments },
            Operation.Dense dense => dense with { ZMoments = moments },
            _ => throw new InvalidOperationException($"{writer.Operation} computes no moments"),
        },
    };

    private Tensor Activate(Tensor x, Activation activation)
    {
        var y = x.Source.Activation.Kind == ActivationKind.Identity && !x.Shared ? x : Apply(x, null);
        y.Activate(activation);
        return y;
    }

    private Tensor Flatten(Tensor x)
    {
        if (x.Shape.IsVector) return x;

        // Normalization is per channel, and a convolution reads its result's gradient in the shape of its result.
        var y = x.Source.Normalization is null && !x.Shared && !writers.ContainsKey(x) ? x : Apply(x, null);
        y.Flatten();
        return y;
    }

    private Tensor Plain(Tensor x) => x.Source.IsPlain ? x : Apply(x, null);

    /// <summary>A new tensor with <paramref name="x"/> normalized and activated, and pooled if <paramref name="pooling"/> is
    /// given.</summary>
    private Tensor Apply(Tensor x, Pooling? pooling)
    {
        var (source, y) = (x.Source, Fresh(pooling?.Of(x.Shape) ?? x.Shape, x.Learns));
        Emit(y.Source.Data, new Operation.Apply(source, pooling, y.Source.Data));
        OnWayBack(y, back =>
        {
            var dy = back.PlainGradientOf(y);
            back.Pass(x, dy, pooling, to => new Operation.ApplyBackward(new(dy, source, pooling), to));
        });
        return y;
    }

    private Tensor Drop(Tensor x, float rate)
    {
        var (data, shape, number) = (x.Source.Data, x.Shape, drops++);
        var y = Fresh(shape, x.NeedsGradient);
        Emit(y.Source.Data, new Operation.Drop(data, shape, rate, number, y.Source.Data));
        OnWayBack(y, back =>
        {
            var (dy, to) = (back.PlainGradientOf(y), back.Contribute(x));
            back.Emit(to.Data, new Operation.Drop(dy, shape, rate, number, to.Data));
            to.Done();
        });
        return y;
    }

    private Tensor Softmax(Tensor x)
    {
        var (data, units, y) = (x.Source.Data, x.Shape.Channels, Fresh(x.Shape, x.NeedsGradient));
        Emit(y.Source.Data, new Operation.Softmax(data, units, y.Source.Data));
        OnWayBack(y, back =>
        {
            var (dy, to) = (back.PlainGradientOf(y), back.Contribute(x));
            back.Emit(to.Data, new Operation.SoftmaxBackward(y.Source.Data, dy, units, to.Data));
            to.Done();
        });
        return y;
    }

    private Tensor Add(Tensor a, Tensor b)
    {
        var (first, second, sum) = (a.Source, b.Source, Fresh(a.Shape, a.Learns || b.Learns));
        Emit(sum.Source.Data, new Operation.Add(first, second, sum.Source.Data));
        OnWayBack(sum, back =>
        {
            var dy = back.PlainGradientOf(sum);
            foreach (var x in new[] { a, b }.Where(x => x.Learns))
                back.Pass(x, dy, null, to => new Operation.Apply(new(dy, x.Shape), null, to));
        });
        return sum;
    }

    private ((Slice At, Slice Gradient) Kernel, (Slice At, Slice Gradient)? Bias) Kernel(Node node)
    {
        var (kernel, bias) = (node.Parameters[0], node.Parameters.Count > 1 ? node.Parameters[1] : null);
        return ((Parameters[kernel], Parameters.In(Gradients, kernel)),
            bias is null ? null : (Parameters[bias], Parameters.In(Gradients, bias)));
    }

    private static Convolution WindowOf(Node node, Layer.Conv2D conv)
    {
        return new(node.Input, node.Output, conv.Kernel, conv.Stride, Before(node.Input.Height, node.Output.Height),
            Before(node.Input.Width, node.Output.Width));

        int Before(int input, int output) =>
            conv.Padding == Padding.Valid ? 0 : Math.Max((output - 1) * conv.Stride + conv.Kernel - input, 0) / 2;
    }

    private static Pooling Square(PoolingKind kind, int size, int stride) => new(kind, size, size, stride == 0 ? size : stride);

    private Tensor Fresh(Shape shape, bool needsGradient) => new(arena.Take(batch, shape), shape, needsGradient);

    private void Emit(Slice result, Operation operation) => instructions.Add(new(layer, result, operation));

    private void OnWayBack(Action<BackwardPass> lay) => back?.Queue(layer, lay);

    // Only if a layer before it has parameters.
    private void OnWayBack(Tensor result, Action<BackwardPass> lay)
    {
        if (result.NeedsGradient) OnWayBack(lay);
    }
}
