namespace FunctionalStack.Neural;

/// <summary>Measures a network's variables on examples, batch normalization folded away: owns an arena for it.</summary>
internal sealed class Scorer : IDisposable
{
    private readonly NetworkPlan plan;
    private readonly LossKind loss;
    private readonly InferenceSession session;

    public Scorer(IBackend backend, NetworkPlan plan, LossKind loss, int batch)
    {
        (this.plan, this.loss) = (plan, loss);
        session = InferenceSession.OpenToMeasure(backend, Folding.Fold(plan).Check().OrThrow(), loss, batch);
    }

    public void Load(Variables variables) => session.Load(Folding.WithFoldedBatchNorm(plan, variables).Variables);

    public NetScore Score(MeasuredExamples examples)
    {
        var buffer = new BatchBuffer(examples.Inputs, examples.Targets, session.Batch);
        var (sum, right) = (0.0, 0L);
        for (var start = 0; start < examples.Count; start += session.Batch)
        {
            buffer.Gather(start, Math.Min(start + session.Batch, examples.Count));
            var metrics = session.Measure(buffer.Inputs, buffer.Targets);
            (sum, right) = (sum + metrics.Loss * metrics.Rows, right + metrics.Right);
        }

        return Head.Score(loss, sum, right, examples.Count);
    }

    public void Dispose() => session.Dispose();
}
