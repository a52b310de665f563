namespace FunctionalStack.Neural;

/// <summary>Population moments for batch normalization.</summary>
public static class PopulationMoments
{
    /// <summary>
    /// Algorithm 2 of Ioffe &amp; Szegedy 2015: the variables with the moving averages replaced by population statistics. These are,
    /// over training batches, the mean of the batch means, and the mean of the batch variances, each times m/(m-1) with m = batch x
    /// height x width. A smaller last batch is weighted by its size, so every example has the same weight. If the last batch has
    /// one value per channel and therefore no variance, only its means are used.
    /// </summary>
    /// <param name="variables">The trained variables.</param>
    /// <param name="backend">The device.</param>
    /// <param name="network">The network of the variables.</param>
    /// <param name="examples">The training examples.</param>
    /// <param name="seed">For the order of the examples and the dropout masks. An order by class would give batches unlike those of
    /// training.</param>
    /// <param name="batch">Examples per batch; all if there are fewer.</param>
    /// <returns>Fails if examples and network do not fit, or a batch has one value per channel.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    /// <exception cref="DeviceException">The device has too little memory for the batch, or is lost.</exception>
    public static Outcome<Variables> WithPopulationMoments(this Variables variables, IBackend backend, Network network, Examples examples,
        Seed seed, int batch = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return from plan in network.Check()
               from fitting in TrainingCheck.Fitting(plan, examples).At("examples")
               let size = Math.Min(batch, fitting.Count)
               from possible in TrainingCheck.WithoutVariance(plan, size) is { } node
                   ? new Outcome<int>.Fail(TrainingCheck.OneNumber(node)) : Outcome.Ok(size)
               select Of(backend, plan, variables, fitting, seed, possible);
    }

    private static Variables Of(IBackend backend, NetworkPlan plan, Variables variables, Examples examples, Seed seed, int batch)
    {
        // No optimizer runs and no loss is computed, so the simplest ones are given.
        var optimizer = new Optimizer.Sgd();
        using var session = TrainingSession.Open(backend, plan, LossKind.SquaredError, optimizer, batch);
        session.Load(variables, OptimizerState.Initial(optimizer, plan.ParameterCount));
        return variables with { Moments = Of(session, plan, examples, seed, default) };
    }

    /// <summary>The population moments for the parameters in a session. It updates the session's moving averages.</summary>
    internal static EquatableArray<float> Of(TrainingSession session, NetworkPlan plan, Examples examples, Seed seed,
        CancellationToken cancellation)
    {
        var order = seed.Fork("order").Permutation(examples.Count);
        var (buffer, sums, counts) = (new BatchBuffer(examples, null, session.Batch), new double[plan.MomentCount],
            new long[plan.MomentCount]);
        for (var (i, start) = (0, 0); start < order.Length; (i, start) = (i + 1, start + session.Batch))
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = Math.Min(session.Batch, order.Length - start);
            buffer.Gather(order.AsSpan(start, rows));
            session.Forward(buffer.Inputs, seed.Fork(i));
            var moments = session.ReadBatchMoments();
            foreach (var node in plan.Nodes)
            {
                if (node.Layer is not Layer.BatchNorm) continue;
                var m = (double)rows * node.Input.Pixels;
                Add(node.Moments[0], 1);
                if (m > 1) Add(node.Moments[1], m / (m - 1));
            }

            void Add(Block block, double factor)
            {
                for (var at = block.Offset; at < block.Offset + block.Length; at++)
                {
                    sums[at] += rows * factor * moments[at];
                    counts[at] += rows;
                }
            }
        }

        return EquatableArray.From(sums.Zip(counts, (sum, count) => (float)(sum / count)));
    }
}
