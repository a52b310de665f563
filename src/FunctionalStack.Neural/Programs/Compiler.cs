namespace FunctionalStack.Neural;

/// <summary>
/// Lays a network out as a program. Batch normalization and activations become part of what the next operation reads;
/// a pooling after them reads through them. What each layer needs on the way back is queued while going forward and
/// laid out in reverse.
/// </summary>
internal sealed class Compiler
{
    private readonly NetworkPlan plan;
    private readonly int batch;
    private readonly bool training;
    private readonly Arena arena = new();
    private readonly ParameterMap parameters;
    private readonly Slice gradients;
    private readonly List<Instruction> forward = [];
    private readonly List<Instruction> backward = [];
    private readonly List<Instruction> prepare = [];
    private readonly List<BatchMoments> normalizations = [];
    private readonly Stack<Action> wayBack = new();
    private readonly Tensor[] made;
    private readonly Tensor input;
    private readonly HashSet<int> shared;

    // By a convolution's or dense layer's result: the moments that the batch normalization behind it asks it for.
    private readonly Dictionary<Tensor, Wanted> wanted = [];
    private string layer = "input";
    private int drops;

    private Compiler(NetworkPlan plan, int batch, bool training)
    {
        (this.plan, this.batch, this.training) = (plan, batch, training);
        parameters = new(plan, arena);
        gradients = training ? arena.Take(parameters.Length) : default;
        made = new Tensor[plan.Nodes.Count];
        input = Fresh(plan.Network.Input, needsGradient: false);
        shared = [.. plan.Nodes.SelectMany(node => node.Layer is Layer.Residual ? [node.From, node.Other] : new[] { node.From })
            .GroupBy(node => node).Where(readers => readers.Count() > 1).Select(readers => readers.Key)];
    }

    /// <summary>A program that computes the network's outputs by its moving moments; dropout does nothing.</summary>
    public static Program ForInference(NetworkPlan plan, int batch)
    {
        var compiler = new Compiler(plan, batch, training: false);
        return compiler.Finish(compiler.Plain(compiler.All()), null, null);
    }

    /// <summary>Likewise, up to the loss that its outputs make.</summary>
    public static Program ForMeasuring(NetworkPlan plan, int batch, LossKind loss)
    {
        var compiler = new Compiler(plan, batch, training: false);
        var scores = compiler.Plain(compiler.All(Head.Absorbs(plan.Network, loss) ? 1 : 0));
        return compiler.Finish(scores, null, compiler.Measure(scores, loss, null));
    }

    /// <summary>A program for one training step up to the gradients.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="batch">Examples at most.</param>
    /// <param name="loss">What the outputs are measured by.</param>
    /// <param name="slots">Numbers an optimizer keeps a parameter: 0 to 2.</param>
    public static Program ForTraining(NetworkPlan plan, int batch, LossKind loss, int slots)
    {
        var compiler = new Compiler(plan, batch, training: true);
        var scores = compiler.Plain(compiler.All(Head.Absorbs(plan.Network, loss) ? 1 : 0));
        var gradient = scores.NeedsGradient ? compiler.Take(scores.Shape) : (Slice?)null;
        var measured = compiler.Measure(scores, loss, gradient);
        var slices = new TrainingSlices(
            compiler.gradients,
            slots > 0 ? compiler.arena.Take(compiler.parameters.Length) : null,
            slots > 1 ? compiler.arena.Take(compiler.parameters.Length) : null);
        if (gradient is { } upstream)
        {
            scores.Upstream = (upstream, null);
            while (compiler.wayBack.TryPop(out var next)) next();
        }

        return compiler.Finish(scores, slices, measured);
    }

    private LossSlices Measure(Tensor scores, LossKind loss, Slice? gradient)
    {
        var (at, units) = (scores.Source.Data, scores.Shape.Size);
        var slices = new LossSlices(arena.Take((long)batch * (loss == LossKind.SoftmaxCrossEntropy ? 1 : units)), arena.Take(2));
        layer = "loss";
        Emit(backward, slices.Metrics, (c, step) => c.Loss(step.Batch, loss, at, slices.Targets, units, gradient, slices.Metrics));
        return slices;
    }

    private Program Finish(Tensor scores, TrainingSlices? slices, LossSlices? measured) =>
        new(plan, batch, arena.Length, parameters, forward, backward, input.Source.Data, scores.Source.Data) { Training = slices, Loss = measured, Normalizations = normalizations, Prepare = prepare };

    private Tensor All(int without = 0)
    {
        input.Shared = shared.Contains(-1);
        for (var i = 0; i < plan.Nodes.Count - without; i++)
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

        return plan.Nodes.Count == without ? input : made[plan.Nodes.Count - 1 - without];
    }

    private Tensor At(int node) => node < 0 ? input : made[node];

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
            Layer.MaxPool2D pool => Apply(x, new(PoolingKind.Max, pool.Size, pool.Size, pool.Stride == 0 ? pool.Size : pool.Stride)),
            Layer.AveragePool2D pool => Apply(x, new(PoolingKind.Average, pool.Size, pool.Size, pool.Stride == 0 ? pool.Size : pool.Stride)),
            Layer.GlobalAveragePool => Apply(x, new(PoolingKind.Average, x.Shape.Height, x.Shape.Width, 1)),
            Layer.Flatten => Flatten(x),
            Layer.Dropout dropout => training && dropout.Rate > 0 ? Drop(Plain(x), (float)dropout.Rate) : x,
            Layer.Softmax => Softmax(Plain(x)),
            Layer.Residual => Add(x, At(node.Other)),
            _ => throw new InvalidOperationException($"{node.Layer} has no operation"),
        };
    }

    private Tensor Convolve(Node node, Layer.Conv2D conv, Tensor x)
    {
        var window = WindowOf(node, conv);
        var (kernel, bias) = Kernel(node);
        var (source, z, moments) = (x.Source, Fresh(node.Output, true), new Wanted());
        Emit(forward, z.Source.Data, (c, step) => c.Convolve(step.Batch, window, source, kernel.At, bias?.At, z.Source.Data, moments.Value));
        wanted[z] = moments;
        OnWayBack(() =>
        {
            var (dz, dx) = (GradientOf(z), InputGradientOf(x));
            Emit(backward, kernel.Gradient, (c, step) => c.ConvolveBackward(step.Batch, window, source, kernel.At, dz, kernel.Gradient, bias?.Gradient, dx.Into));
            dx.Done();
        });
        return z;
    }

    private Tensor Dense(Node node, Layer.Dense dense, Tensor x)
    {
        var (kernel, bias) = Kernel(node);
        var (source, z, moments) = (x.Source, Fresh(node.Output, true), new Wanted());
        Emit(forward, z.Source.Data, (c, step) => c.Dense(step.Batch, source, kernel.At, bias?.At, z.Source.Data, dense.Units, moments.Value));
        wanted[z] = moments;
        OnWayBack(() =>
        {
            var (dz, dx) = (GradientOf(z), InputGradientOf(x));
            Emit(backward, kernel.Gradient, (c, step) => c.DenseBackward(step.Batch, source, kernel.At, dz, kernel.Gradient, bias?.Gradient, dx.Into));
            dx.Done();
        });
        return z;
    }

    private Tensor Normalize(Node node, Layer.BatchNorm norm, Tensor x)
    {
        var y = x.Source.IsPlain && !x.Shared ? x : Apply(x, null);
        var (gamma, beta) = (node.Parameters[0], node.Parameters[1]);
        var (movingMean, movingVariance) = (parameters[node.Moments[0]], parameters[node.Moments[1]]);
        var (mean, variance, inverse) = (arena.Take(node.Input.Channels), arena.Take(node.Input.Channels), arena.Take(node.Input.Channels));
        var moments = new BatchMoments(mean, variance, inverse, movingMean, movingVariance, (float)norm.Epsilon, (float)norm.Momentum);
        normalizations.Add(moments);
        if (!training)
        {
            Emit(prepare, inverse, (c, _) => c.InverseDeviation(movingVariance, (float)norm.Epsilon, inverse));
            y.Normalize(new(movingMean, inverse, parameters[gamma], parameters[beta]), null);
            return y;
        }

        if (wanted.TryGetValue(y, out var ask)) ask.Value = moments;
        else Emit(forward, mean, (c, step) => c.Moments(step.Batch, y.Source.Data, y.Shape, moments));
        y.Normalize(new(mean, inverse, parameters[gamma], parameters[beta]), new(parameters.In(gradients, gamma), parameters.In(gradients, beta)));
        if (!y.NeedsGradient) OnWayBack(() => Settle(y));
        return y;
    }

    private Tensor Activate(Tensor x, Activation activation)
    {
        var y = x.Source.Activation.Kind == ActivationKind.Identity && !x.Shared ? x : Apply(x, null);
        y.Activate(activation);
        return y;
    }

    private Tensor Flatten(Tensor x)
    {
        var y = x.Source.Normalization is null && !x.Shared ? x : Apply(x, null);
        y.Flatten();
        return y;
    }

    private Tensor Plain(Tensor x) => x.Source.IsPlain ? x : Apply(x, null);

    /// <summary>A fresh tensor of what a reader of <paramref name="x"/> sees, pooled where asked for.</summary>
    private Tensor Apply(Tensor x, Pooling? pooling)
    {
        var (source, y) = (x.Source, Fresh(pooling?.Of(x.Shape) ?? x.Shape, Learns(x)));
        Emit(forward, y.Source.Data, (c, step) => c.Apply(step.Batch, source, pooling, y.Source.Data));
        OnWayBack(y, () =>
        {
            var dy = PlainGradientOf(y);
            if (!x.Shared)
            {
                x.Upstream = (dy, pooling);
                return;
            }

            var gradient = new Gradient(dy, source, pooling);
            var to = Contribute(x);
            Emit(backward, to.Data, (c, step) => c.ApplyBackward(step.Batch, gradient, to.Data));
            to.Done();
        });
        return y;
    }

    private Tensor Drop(Tensor x, float rate)
    {
        var (data, shape, number) = (x.Source.Data, x.Shape, drops++);
        var y = Fresh(shape, x.NeedsGradient);
        Emit(forward, y.Source.Data, (c, step) => c.Drop(step.Batch, data, shape, rate, step.Seed.Fork(number).State, y.Source.Data));
        OnWayBack(y, () =>
        {
            var (dy, to) = (PlainGradientOf(y), Contribute(x));
            Emit(backward, to.Data, (c, step) => c.Drop(step.Batch, dy, shape, rate, step.Seed.Fork(number).State, to.Data));
            to.Done();
        });
        return y;
    }

    private Tensor Softmax(Tensor x)
    {
        var (data, units, y) = (x.Source.Data, x.Shape.Channels, Fresh(x.Shape, x.NeedsGradient));
        Emit(forward, y.Source.Data, (c, step) => c.Softmax(step.Batch, data, units, y.Source.Data));
        OnWayBack(y, () =>
        {
            var (dy, to) = (PlainGradientOf(y), Contribute(x));
            Emit(backward, to.Data, (c, step) => c.SoftmaxBackward(step.Batch, y.Source.Data, dy, units, to.Data));
            to.Done();
        });
        return y;
    }

    private Tensor Add(Tensor a, Tensor b)
    {
        var (first, second, sum) = (a.Source, b.Source, Fresh(a.Shape, Learns(a) || Learns(b)));
        Emit(forward, sum.Source.Data, (c, step) => c.Add(step.Batch, first, second, sum.Source.Data));
        OnWayBack(sum, () =>
        {
            var dy = PlainGradientOf(sum);
            foreach (var x in new[] { a, b }.Where(Learns))
            {
                if (!x.Shared)
                {
                    x.Upstream = (dy, null);
                    continue;
                }

                var to = Contribute(x);
                Emit(backward, to.Data, (c, step) => c.Apply(step.Batch, new(dy, x.Shape), null, to.Data));
                to.Done();
            }
        });
        return sum;
    }

    // A tensor whose view is normalized learns gamma and beta even where nothing before it learns.
    private static bool Learns(Tensor x) => x.NeedsGradient || x.Sums is not null;

    /// <summary>The gradient with respect to a tensor's data, its sums complete.</summary>
    private Gradient GradientOf(Tensor x)
    {
        var (upstream, pooling) = x.Upstream!.Value;
        Settle(x);
        return new(upstream, x.Source, pooling, x.Sums);
    }

    /// <summary>Sees to it that gamma's and beta's gradients are written.</summary>
    private void Settle(Tensor x)
    {
        if (x.Sums is not { } sums || x.SumsAreReady || x.Upstream is not var (upstream, pooling)) return;
        var gradient = new Gradient(upstream, x.Source, pooling);
        Emit(backward, sums.Gamma, (c, step) => c.NormalizationBackward(step.Batch, gradient, sums));
        x.SumsAreReady = true;
    }

    /// <summary>The gradient with respect to a tensor's data as numbers that lie there.</summary>
    private Slice PlainGradientOf(Tensor x)
    {
        if (x.Source.IsPlain && x.Upstream is ({ } there, null)) return there;
        var (gradient, to) = (GradientOf(x), Take(x.Shape));
        Emit(backward, to, (c, step) => c.ApplyBackward(step.Batch, gradient, to));
        return to;
    }

    /// <summary>Where an operation that writes the gradient with respect to what it read of <paramref name="x"/> shall write.</summary>
    private (InputGradient? Into, Action Done) InputGradientOf(Tensor x)
    {
        if (!Learns(x)) return (null, () => { });
        var to = Contribute(x);
        x.SumsAreReady = x.Sums is not null;
        return (new(to.Data, x.Sums), to.Done);
    }

    /// <summary>A slice for one reader's gradient; a shared tensor's later ones are added to the first.</summary>
    private (Slice Data, Action Done) Contribute(Tensor x)
    {
        var to = Take(x.Shape);
        if (x.Upstream is not var (first, _))
        {
            x.Upstream = (to, null);
            return (to, () => { });
        }

        return (to, () => Emit(backward, first, (c, _) => c.Accumulate(to, first)));
    }

    private ((Slice At, Slice Gradient) Kernel, (Slice At, Slice Gradient)? Bias) Kernel(Node node)
    {
        var (kernel, bias) = (node.Parameters[0], node.Parameters.Count > 1 ? node.Parameters[1] : null);
        return ((parameters[kernel], parameters.In(gradients, kernel)), bias is null ? null : (parameters[bias], parameters.In(gradients, bias)));
    }

    private static Convolution WindowOf(Node node, Layer.Conv2D conv)
    {
        return new(node.Input, node.Output, conv.Kernel, conv.Stride, Before(node.Input.Height, node.Output.Height), Before(node.Input.Width, node.Output.Width));

        int Before(int input, int output) => conv.Padding == Padding.Valid ? 0 : Math.Max((output - 1) * conv.Stride + conv.Kernel - input, 0) / 2;
    }

    private Tensor Fresh(Shape shape, bool needsGradient) => new(Take(shape), shape, needsGradient);

    private Slice Take(Shape shape) => arena.Take((long)batch * shape.Size);

    private void Emit(List<Instruction> to, Slice result, Action<ICompute, StepArguments> run) => to.Add(new(layer, result, run));

    /// <summary>Queues what is to be laid out on the way back, under this layer's name.</summary>
    private void OnWayBack(Action lay)
    {
        if (!training) return;
        var name = layer;
        wayBack.Push(() =>
        {
            layer = name;
            lay();
        });
    }

    // Only where something before it learns.
    private void OnWayBack(Tensor result, Action lay)
    {
        if (result.NeedsGradient) OnWayBack(lay);
    }

    private sealed class Wanted
    {
        public BatchMoments? Value { get; set; }
    }
}
