namespace FunctionalStack.Neural;

public static class PopulationMoments
{
    /// <summary>
    /// Algorithm 2 of Ioffe &amp; Szegedy 2015: the same variables with moving moments replaced by population statistics:
    /// over training batches the mean of the batch means, and of the batch variances, each times m/(m-1), m = batch x height x
    /// width. A smaller last batch counts by its size, so every example counts once; where it has one number a channel and so
    /// no variance, it counts in the means alone.
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
        return variables with { Moments = Of(session, plan, examples, seed, default) };
    }

    /// <summary>The moments by the parameters that lie in a session. Its moving moments move on the way.</summary>
    internal static EquatableArray<float> Of(TrainingSession session, NetworkPlan plan, Examples examples, Seed seed,
        CancellationToken cancellation)
    {
        var order = EquatableArray.Range(examples.Count).ToArray();
        var stream = seed.Fork("order").Stream();
        stream.Shuffle(order.AsSpan());
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
