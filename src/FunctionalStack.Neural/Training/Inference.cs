namespace FunctionalStack.Neural;

/// <summary>What trained networks say, and how well. Batch normalization is folded away for it.</summary>
public static class Inference
{
    /// <summary>Examples at a time, where nothing else is asked for.</summary>
    public const int Batch = 256;

    /// <summary>Loss and accuracy on labelled examples.</summary>
    /// <param name="backend">Where it is computed.</param>
    /// <param name="network">The network.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="examples">At least one.</param>
    /// <param name="loss">Null for what suits the target.</param>
    /// <param name="batch">Examples at a time, at least 1; fewer where the device has not the memory, which changes nothing else.</param>
    /// <returns>Fails where examples and network don't fit.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    /// <exception cref="DeviceException">The device has not the memory for one example, or is lost.</exception>
    public static Outcome<NetScore> Score(IBackend backend, Network network, Variables variables, LabelledExamples examples, LossKind? loss = null, int batch = Batch)
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
    /// What the network says of each example: probabilities where the loss is one of classes, whether or not the network
    /// ends with a softmax (or sigmoid); for squared error its outputs.
    /// </summary>
    /// <param name="backend">Where it is computed.</param>
    /// <param name="network">The network.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="examples">At least one.</param>
    /// <param name="loss">What the network was trained by.</param>
    /// <param name="batch">Examples at a time, at least 1; fewer where the device has not the memory, which changes nothing else.</param>
    /// <returns>Fails where examples and network don't fit, and where an output is NaN or infinite.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    /// <exception cref="DeviceException">The device has not the memory for one example, or is lost.</exception>
    public static Outcome<Outputs> Predict(IBackend backend, Network network, Variables variables, Examples examples, LossKind loss, int batch = Batch) =>
        from plan in Head.Probabilities(network, loss).Check()
        from fitting in TrainingCheck.Fitting(plan, examples).At("examples")
        let outputs = Halving.Largest(Math.Min(batch, fitting.Count), size => OutputsOf(backend, plan, variables, fitting, size))
        from numbers in outputs.Matrix.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is var at and >= 0
            ? Outcome.Fail<Outputs>($"example {at / plan.Output.Size + 1}", "the network's output is no number", "Train it again, with a lower learning rate.")
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

/// <summary>What a network said of some examples.</summary>
/// <param name="Units">Numbers an example.</param>
/// <param name="Matrix">Examples x units, row by row.</param>
public sealed record Outputs(int Units, EquatableArray<float> Matrix)
{
    public int Count => Matrix.Count / Units;

    public ReadOnlySpan<float> Row(int row) => Matrix.AsSpan().Slice(row * Units, Units);
}
