namespace FunctionalStack.Neural;

/// <summary>Predictions and scores of trained networks. Batch normalization is folded into the layers before it.</summary>
public static class Inference
{
    /// <summary>The default number of examples per batch.</summary>
    public const int Batch = 256;

    /// <summary>Loss and accuracy on labelled examples.</summary>
    /// <param name="backend">The device.</param>
    /// <param name="network">The network.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="examples">At least one.</param>
    /// <param name="loss">The loss; null for the target's default.</param>
    /// <param name="batch">Examples per batch, at least 1. It is reduced if the device has too little memory; the result does not
    /// change.</param>
    /// <returns>Fails if examples and network do not fit.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    /// <exception cref="DeviceException">The device has too little memory for one example, or is lost.</exception>
    public static Outcome<NetScore> Score(IBackend backend, Network network, Variables variables, LabelledExamples examples,
        LossKind? loss = null, int batch = Batch)
    {
        var measure = loss ?? Head.LossOf(examples.Target);
        return from plan in network.Check()
               from measured in MeasuredExamples.Of(plan, measure, examples).At("examples")
               select Halving.Largest(Math.Min(batch, measured.Count), size => ScoreOf(plan, measured, size));

        NetScore ScoreOf(NetworkPlan plan, MeasuredExamples measured, int size)
        {
            using var scorer = new Scorer(backend, plan, measure, size, measured.Weights is not null);
            scorer.Load(variables);
            return scorer.Score(measured);
        }
    }

    /// <summary>
    /// The predictions for each example: probabilities if the loss is for classification, whether or not the network ends with a
    /// softmax or sigmoid; for squared error the network's outputs.
    /// </summary>
    /// <param name="backend">The device.</param>
    /// <param name="network">The network.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="examples">At least one.</param>
    /// <param name="loss">The loss that the network was trained with.</param>
    /// <param name="batch">Examples per batch, at least 1. It is reduced if the device has too little memory; the result does not
    /// change.</param>
    /// <returns>Fails if examples and network do not fit, and if an output is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    /// <exception cref="DeviceException">The device has too little memory for one example, or is lost.</exception>
    public static Outcome<Outputs> Predict(IBackend backend, Network network, Variables variables, Examples examples, LossKind loss,
        int batch = Batch) =>
        from plan in Head.Probabilities(network, loss).Check()
        from fitting in TrainingCheck.Fitting(plan, examples).At("examples")
        let outputs = Halving.Largest(Math.Min(batch, fitting.Count), size => OutputsOf(backend, plan, variables, fitting, size))
        from numbers in outputs.Matrix.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is var at and >= 0
            ? Outcome.Fail<Outputs>($"example {at / plan.Output.Size + 1}", "the network's output is not finite",
                "Train it again, with a lower learning rate.")
            : Outcome.Ok(outputs)
        select numbers;

    private static Outputs OutputsOf(IBackend backend, NetworkPlan plan, Variables variables, Examples examples, int batch)
    {
        var (network, folded) = Folding.WithFoldedBatchNorm(plan, variables);
        using var session = InferenceSession.Open(backend, network.Check().OrThrow(), folded, batch);
        var (units, buffer) = (plan.Output.Size, new BatchBuffer(examples, null, batch));
        var matrix = new float[examples.Count * units];
        for (var start = 0; start < examples.Count; start += batch)
        {
            var end = Math.Min(start + batch, examples.Count);
            buffer.Gather(start, end);
            session.Predict(buffer.Inputs, matrix.AsSpan(start * units, (end - start) * units));
        }

        return new(units, EquatableArray.Own(matrix));
    }
}

/// <summary>The outputs of a network for a number of examples.</summary>
/// <param name="Units">Outputs per example.</param>
/// <param name="Matrix">Examples x units, row by row.</param>
public sealed record Outputs(int Units, EquatableArray<float> Matrix)
{
    /// <summary>The number of examples.</summary>
    public int Count => Matrix.Count / Units;

    /// <summary>The outputs of one example.</summary>
    public ReadOnlySpan<float> Row(int row) => Matrix.AsSpan().Slice(row * Units, Units);

    /// <summary>The outputs of a classifier as probabilities.</summary>
    /// <param name="levels">The classes, one per unit.</param>
    public Prediction.Probabilities Probabilities(EquatableArray<string> levels) =>
        new(levels, EquatableArray.From(Matrix.Select(number => (double)number)));
}
