namespace FunctionalStack.Neural;

/// <summary>
/// The backward pass of a network, as it is compiled to a program. Each layer queues its operations during the forward pass,
/// and they are compiled in reverse order. For every tensor it keeps the location of its gradient, the contributions of its
/// readers, and the operation that writes the gradients of gamma and beta.
/// </summary>
internal sealed class BackwardPass(Arena arena, int batch)
{
    private readonly List<Instruction> instructions = [];
    private readonly Stack<(string Layer, Action<BackwardPass> Lay)> queue = new();
    private string layer = "";

    public IReadOnlyList<Instruction> Instructions => instructions;

    /// <summary>Queues operations under a layer's name; they are compiled after those of all later layers.</summary>
    public void Queue(string layer, Action<BackwardPass> lay) => queue.Push((layer, lay));

    /// <summary>Compiles everything that is queued, last first.</summary>
    public void Lay()
    {
        while (queue.TryPop(out var next))
        {
            layer = next.Layer;
            next.Lay(this);
        }
    }

    public void Emit(Slice result, Operation operation) => instructions.Add(new(layer, result, operation));

    /// <summary>The gradient with respect to a tensor's data, with its sums complete.</summary>
    public Gradient GradientOf(Tensor x)
    {
        var (upstream, pooling) = x.Upstream!.Value;
        Settle(x);
        return new(upstream, x.Source, pooling, x.Sums);
    }

    /// <summary>Ensures that the gradients of gamma and beta are written.</summary>
    public void Settle(Tensor x)
    {
        if (x.Sums is not { } sums || x.SumsAreReady || x.Upstream is not var (upstream, pooling)) return;
        var gradient = new Gradient(upstream, x.Source, pooling);
        Emit(sums.Gamma, new Operation.NormalizationBackward(gradient, sums));
        x.SumsAreReady = true;
    }

    /// <summary>The gradient with respect to a tensor's data, stored rather than computed on read.</summary>
    public Slice PlainGradientOf(Tensor x)
    {
        if (x.Source.IsPlain && x.Upstream is ({ } there, null)) return there;
        var (gradient, to) = (GradientOf(x), arena.Take(batch, x.Shape));
        Emit(to, new Operation.ApplyBackward(gradient, to));
        return to;
    }

    /// <summary>The destination for an operation that writes the gradient with respect to its input <paramref name="x"/>.</summary>
    public (InputGradient? Into, Action Done) InputGradientOf(Tensor x)
    {
        if (!x.Learns) return (null, () => { });
        var to = Contribute(x);
        x.SumsAreReady = x.Sums is not null;
        return (new(to.Data, x.Sums), to.Done);
    }

    /// <summary>A slice for one reader's gradient. The gradients of a shared tensor's later readers are added to the first.</summary>
    public (Slice Data, Action Done) Contribute(Tensor x)
    {
        var to = arena.Take(batch, x.Shape);
        if (x.Upstream is not var (first, _))
        {
            x.Upstream = (to, null);
            return (to, () => { });
        }

        return (to, () => Emit(first, new Operation.Accumulate(to, first)));
    }

    /// <summary>
    /// Passes a result's gradient to its input. An unshared tensor keeps it in place, to be read through
    /// <paramref name="pooling"/>; for a shared tensor <paramref name="write"/> writes its contribution.
    /// </summary>
    public void Pass(Tensor x, Slice upstream, Pooling? pooling, Func<Slice, Operation> write)
    {
        if (!x.Shared)
        {
            x.Upstream = (upstream, pooling);
            return;
        }

        var to = Contribute(x);
        Emit(to.Data, write(to.Data));
        to.Done();
    }
}
