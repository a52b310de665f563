namespace FunctionalStack.Neural;

/// <summary>Measures a network's variables on examples, batch normalization folded away: owns an arena for it.</summary>
internal sealed class Scorer : IDisposable
{
    private readonly NetworkPlan plan;
    private readonly LossKind loss;
    private readonly InferenceSession session;
    private readonly bool weighted;

    /// <param name="backend">Where.</param>
    /// <param name="plan">The network.</param>
    /// <param name="loss">What it is measured by.</param>
    /// <param name="batch">Examples at a time.</param>
    /// <param name="weighted">Whether any examples to be measured have weights.</param>
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
