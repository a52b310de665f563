namespace FunctionalStack.Neural;

/// <summary>A network compiled for one batch size: the operations, and the slices of an arena that they use.</summary>
/// <param name="Plan">The network.</param>
/// <param name="Batch">The maximum number of examples.</param>
/// <param name="Floats">The size of the arena.</param>
/// <param name="Parameters">The offsets of the variables.</param>
/// <param name="Forward">From the inputs to the scores.</param>
/// <param name="Backward">From the loss to all gradients; for measuring only the loss; for inference empty.</param>
/// <param name="Inputs">Batch x input shape.</param>
/// <param name="Scores">Batch x output: logits in training, the network's outputs in inference.</param>
internal sealed record Program(
    NetworkPlan Plan,
    int Batch,
    int Floats,
    ParameterMap Parameters,
    IReadOnlyList<Instruction> Forward,
    IReadOnlyList<Instruction> Backward,
    Slice Inputs,
    Slice Scores)
{
    /// <summary>The slices that only training needs.</summary>
    public TrainingSlices? Training { get; init; }

    /// <summary>Where targets are read and metrics are written, in training and when a loss is measured.</summary>
    public LossSlices? Loss { get; init; }

    /// <summary>The moments of every batch normalization in this arena, in plan order.</summary>
    public IReadOnlyList<BatchMoments> Normalizations { get; init; } = [];

    /// <summary>For inference: operations that must run whenever the moving averages were written.</summary>
    public IReadOnlyList<Instruction> Prepare { get; init; } = [];

    /// <summary>The number of examples in the input.</summary>
    /// <exception cref="ArgumentException">It is not 1 to <see cref="Batch"/> whole examples.</exception>
    public int RowsOf(ReadOnlySpan<float> inputs)
    {
        var size = Plan.Network.Input.Size;
        var rows = inputs.Length / size;
        return rows >= 1 && rows <= Batch && inputs.Length == rows * size
            ? rows
            : throw new ArgumentException($"{inputs.Length} input values are not 1 to {Batch} rows of {size}", nameof(inputs));
    }
}

/// <param name="Gradients">With the offsets of the parameters.</param>
/// <param name="Mu">The optimizer's first moment or momentum, with the same offsets; null if it has none.</param>
/// <param name="Nu">The optimizer's second moment, likewise.</param>
internal sealed record TrainingSlices(Slice Gradients, Slice? Mu, Slice? Nu);

/// <param name="Targets">One value per row, or one per unit.</param>
/// <param name="Weights">One value per row; null if all rows have the same weight.</param>
/// <param name="Ring">The metrics of consecutive steps, one alignment apart: two values each, mean loss and correct rows.</param>
internal sealed record LossSlices(Slice Targets, Slice? Weights, Slice Ring)
{
    /// <summary>The size of the metrics of <paramref name="steps"/> steps in elements.</summary>
    public static int Size(int steps) => steps * Slice.Alignment;

    /// <summary>The number of steps that it holds.</summary>
    public int Steps => Ring.Length / Slice.Alignment;

    /// <summary>The slice that a step writes.</summary>
    public Slice Of(int slot) => new(Ring.Offset + slot * Slice.Alignment, 2);

    /// <summary>Writes a batch's targets and, if rows have weights, their weights.</summary>
    public void Write(ICompute to, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        to.Write(targets, Targets with { Length = targets.Length });
        if (Weights is { } slice) to.Write(weights, slice with { Length = weights.Length });
    }

    /// <summary>The metrics of the step that wrote the first slot.</summary>
    public StepMetrics Read(ICompute from, int rows)
    {
        Span<float> metrics = stackalloc float[2];
        from.Read(Of(0), metrics);
        return new(metrics[0], (int)metrics[1], rows);
    }
}
