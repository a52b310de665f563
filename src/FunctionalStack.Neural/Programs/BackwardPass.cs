namespace FunctionalStack.Neural;

/// <summary>
/// The way back through a network while it is laid out as a program: what each layer needs is queued while going
/// forward and laid out in reverse. Keeps for every tensor where its gradient lies, what its readers contribute to it,
/// and which operation writes the sums that gamma and beta learn by.
/// </summary>
internal sealed class BackwardPass(Arena arena, int batch)
{
    private readonly List<Instruction> instructions = [];
    private readonly Stack<(string Layer, Action<BackwardPass> Lay)> queue = new();
    private string layer = "";

    public IReadOnlyList<Instruction> Instructions => instructions;

    /// <summary>Queues what is to be laid out under a layer's name once everything after it is.</summary>
    public void Queue(string layer, Action<BackwardPass> lay) => queue.Push((layer, lay));

    /// <summary>Lays out all that is queued, the last first.</summary>
    public void Lay()
    {
        while (queue.TryPop(out var next))
        {
            layer = next.Layer;
            next.Lay(this);
        }
    }

    public void Emit(Slice result, Action<ICompute, StepArguments> run) => instructions.Add(new(layer, result, run));

    /// <summary>The gradient with respect to a tensor's data, its sums complete.</summary>
    public Gradient GradientOf(Tensor x)
    {
        var (upstream, pooling) = x.Upstream!.Value;
        Settle(x);
        return new(upstream, x.Source, pooling, x.Sums);
    }

    /// <summary>Sees to it that gamma's and beta's gradients are written.</summary>
    public void Settle(Tensor x)
    {
        if (x.Sums is not { } sums || x.SumsAreReady || x.Upstream is not var (upstream, pooling)) return;
        var gradient = new Gradient(upstream, x.Source, pooling);
        Emit(sums.Gamma, (c, step) => c.NormalizationBackward(step.Batch, gradient, sums));
        x.SumsAreReady = true;
    }

    /// <summary>The gradient with respect to a tensor's data as numbers that lie there.</summary>
    public Slice PlainGradientOf(Tensor x)
    {
        if (x.Source.IsPlain && x.Upstream is ({ } there, null)) return there;
        var (gradient, to) = (GradientOf(x), arena.Take(batch, x.Shape));
        Emit(to, (c, step) => c.ApplyBackward(step.Batch, gradient, to));
        return to;
    }

    /// <summary>Where an operation that writes the gradient with respect to what it read of <paramref name="x"/> shall write.</summary>
    public (InputGradient? Into, Action Done) InputGradientOf(Tensor x)
    {
        if (!x.Learns) return (null, () => { });
        var to = Contribute(x);
        x.SumsAreReady = x.Sums is not null;
        return (new(to.Data, x.Sums), to.Done);
    }

    /// <summary>A slice for one reader's gradient; a shared tensor's later ones are added to the first.</summary>
    public (Slice Data, Action Done) Contribute(Tensor x)
    {
        var to = arena.Take(batch, x.Shape);
        if (x.Upstream is not var (first, _))
        {
            x.Upstream = (to, null);
            return (to, () => { });
        }

        return (to, () => Emit(first, (c, _) => c.Accumulate(to, first)));
    }

    /// <summary>
    /// Passes a result's gradient on to what it was made of: an unshared tensor takes it where it lies, to be read through
    /// <paramref name="pooling"/>; for a shared one <paramref name="write"/> writes its contribution.
    /// </summary>
    public void Pass(Tensor x, Slice upstream, Pooling? pooling, Action<ICompute, StepArguments, Slice> write)
    {
        if (!x.Shared)
        {
            x.Upstream = (upstream, pooling);
            return;
        }

        var to = Contribute(x);
        Emit(to.Data, (c, step) => write(c, step, to.Data));
        to.Done();
    }
}
