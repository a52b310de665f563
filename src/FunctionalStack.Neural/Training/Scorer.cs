namespace FunctionalStack.Neural;

/// <summary>Scores a network's variables on examples, with batch normalization folded. It owns an arena.</summary>
internal sealed class Scorer : IDisposable
{
    private readonly NetworkPlan plan;
    private readonly LossKind loss;
    private readonly InferenceSession session;
    private readonly bool weighted;

    /// <param name="backend">The device.</param>
    /// <param name="plan">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="batch">Examples per batch.</param>
    /// <param name="weighted">Whether any of the examples has weights.</param>
    public Scorer(IBackend backend, NetworkPlan plan, LossKind loss, int batch, bool weighted)
    {
        (this.plan, this.loss, this.weighted) = (plan, loss, weighted);
        session = InferenceSession.OpenToMeasure(backend, Folding.Fold(plan).Check().OrThrow(), loss, batch, weighted);
    }

    public void Load(Variables variables) => session.Load(Folding.WithFoldedBatchNorm(plan, variables).Variables);

    public NetScore Score(MeasuredExamples examples)
    {
        var weights = examples.Weights ?? (weighted ? Enumerable.Repeat(1f, examples.Count).ToArray() : null);
        var buffer = new BatchBuffer(examples.Inputs, examples.Targets, session.Batch, weights);
        var (sum, right) = (0.0, 0L);
        for (var start = 0; start < examples.Count; start += session.Batch)
        {
            buffer.Gather(start, Math.Min(start + session.Batch, examples.Count));
            var metrics = session.Measure(buffer.Inputs, buffer.Targets, buffer.Weights);
            (sum, right) = (sum + metrics.Loss * metrics.Rows, right + metrics.Right);
        }

        return Head.Score(loss, sum, right, examples.Count);
    }

    public void Dispose() => session.Dispose();
}
