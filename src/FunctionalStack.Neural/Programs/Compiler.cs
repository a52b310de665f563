namespace FunctionalStack.Neural;

/// <summary>Compiles networks to programs.</summary>
internal static class Compiler
{
    /// <summary>A program that computes the network's outputs with the moving averages; dropout does nothing.</summary>
    public static Program ForInference(NetworkPlan plan, int batch)
    {
        var arena = new Arena();
        var forward = new ForwardPass(plan, batch, arena);
        return Of(plan, batch, arena, forward, forward.Lay(plan.Nodes.Count));
    }

    /// <summary>The same program, extended by the loss of its outputs.</summary>
    public static Program ForMeasuring(NetworkPlan plan, int batch, LossKind loss, bool weighted = false)
    {
        var arena = new Arena();
        var forward = new ForwardPass(plan, batch, arena);
        var scores = forward.Lay(UpToScores(plan, loss));
        var (slices, measure) = Measure(arena, batch, scores, loss, null, window: 1, weighted);
        return Of(plan, batch, arena, forward, scores) with { Backward = [measure], Loss = slices };
    }

    /// <summary>A program for one training step up to the gradients.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="batch">The maximum number of examples.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="slots">State values per parameter of the optimizer: 0 to 2.</param>
    /// <param name="window">The number of steps whose metrics are kept until they are read.</param>
    /// <param name="weighted">Whether rows have weights.</param>
    public static Program ForTraining(NetworkPlan plan, int batch, LossKind loss, int slots, int window, bool weighted = false)
    {
        var arena = new Arena();
        var back = new BackwardPass(arena, batch);
        var forward = new ForwardPass(plan, batch, arena, back);
        var scores = forward.Lay(UpToScores(plan, loss));
        var gradient = scores.NeedsGradient ? arena.Take(batch, scores.Shape) : (Slice?)null;
        var (slices, measure) = Measure(arena, batch, scores, loss, gradient, window, weighted);
        var training = new TrainingSlices(forward.Gradients, Slot(1), Slot(2));
        if (gradient is { } upstream)
        {
            scores.Upstream = (upstream, null);
            back.Lay();
        }

        return Of(plan, batch, arena, forward, scores)
            with
        { Backward = [measure, .. back.Instructions], Loss = slices, Training = training };

        Slice? Slot(int number) => number <= slots ? arena.Take(forward.Parameters.Length) : null;
    }

    /// <summary>The number of nodes before the scores.</summary>
    private static int UpToScores(NetworkPlan plan, LossKind loss) => plan.Nodes.Count - (Head.Absorbs(plan.Network, loss) ? 1 : 0);

    private static (LossSlices Slices, Instruction Measure) Measure(
        Arena arena, int batch, Tensor scores, LossKind loss, Slice? gradient, int window, bool weighted)
    {
        var (at, units) = (scores.Source.Data, scores.Shape.Size);
        var targets = arena.Take((long)batch * (loss == LossKind.SoftmaxCrossEntropy ? 1 : units));
        var slices = new LossSlices(targets, weighted ? arena.Take(batch) : null, arena.Take(LossSlices.Size(window)));
        return (slices, new("loss", slices.Of(0), new Operation.Loss(loss, at, units, gradient, slices)));
    }

    private static Program Of(NetworkPlan plan, int batch, Arena arena, ForwardPass forward, Tensor scores) =>
        new(plan, batch, arena.Length, forward.Parameters, forward.Instructions, [], forward.Input.Source.Data, scores.Source.Data)
        {
            Normalizations = forward.Normalizations,
            Prepare = forward.Prepare,
        };
}
