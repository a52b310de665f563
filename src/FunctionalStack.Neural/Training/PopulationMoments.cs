namespace FunctionalStack.Neural;

public static class PopulationMoments
{
    /// <summary>
    /// Algorithm 2 of Ioffe &amp; Szegedy 2015: the same variables with moving moments replaced by population statistics:
    /// over training batches of one size the mean of the batch means, and m/(m-1) times the mean of the biased batch
    /// variances, m = batch x height x width. An incomplete last batch is left out.
    /// </summary>
    /// <param name="variables">The trained ones.</param>
    /// <param name="backend">Where it is computed.</param>
    /// <param name="network">What they belong to.</param>
    /// <param name="examples">The training examples.</param>
    /// <param name="seed">Their order, and dropout's masks: an order by class would make batches unlike those of training.</param>
    /// <param name="batch">Examples a batch; all, if there are fewer.</param>
    /// <returns>Fails where examples and network don't fit, or a batch has one number a channel.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    /// <exception cref="DeviceException">The device has not the memory for the batch, or is lost.</exception>
    public static Outcome<Variables> WithPopulationMoments(this Variables variables, IBackend backend, Network network, Examples examples, Seed seed, int batch = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return from plan in network.Check()
               from fitting in TrainingCheck.Fitting(plan, examples).At("examples")
               let size = Math.Min(batch, fitting.Count)
               from possible in TrainingCheck.WithoutVariance(plan, size) is { } node ? new Outcome<int>.Fail(TrainingCheck.OneNumber(node)) : Outcome.Ok(size)
               select Of(backend, plan, variables, fitting, seed, possible);
    }

    private static Variables Of(IBackend backend, NetworkPlan plan, Variables variables, Examples examples, Seed seed, int batch)
    {
        // No optimizer runs and no loss is taken: the plainest ones do.
        var optimizer = new Optimizer.Sgd();
        using var session = TrainingSession.Open(backend, plan, LossKind.SquaredError, optimizer, batch);
        session.Load(variables, OptimizerState.Initial(optimizer, plan.ParameterCount));
        var order = Values.Range(examples.Count).ToArray();
        var stream = seed.Fork("order").Stream();
        stream.Shuffle(order.AsSpan());
        var (buffer, sums, batches) = (new BatchBuffer(examples, null, batch), new double[plan.MomentCount], examples.Count / batch);
        for (var i = 0; i < batches; i++)
        {
            buffer.Gather(order.AsSpan(i * batch, batch));
            session.Forward(buffer.Inputs, seed.Fork(i));
            var moments = session.ReadBatchMoments();
            for (var at = 0; at < sums.Length; at++) sums[at] += moments[at];
        }

        foreach (var node in plan.Nodes)
        {
            if (node.Layer is not Layer.BatchNorm) continue;
            var m = (double)batch * node.Input.Pixels;
            var variance = node.Moments[1];
            foreach (ref var sum in sums.AsSpan(variance.Offset, variance.Length)) sum *= m / (m - 1);
        }

        return variables with { Moments = Values.From(sums.Select(sum => (float)(sum / batches))) };
    }
}
