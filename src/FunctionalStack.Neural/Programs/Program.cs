namespace FunctionalStack.Neural;

/// <summary>A network laid out in an arena for one batch size: what to run, and where things lie.</summary>
/// <param name="Plan">The network.</param>
/// <param name="Batch">Examples at most.</param>
/// <param name="Floats">The arena's size.</param>
/// <param name="Parameters">Where the variables lie.</param>
/// <param name="Forward">From the inputs to the scores.</param>
/// <param name="Backward">From the loss to all gradients; the loss alone where it is only measured; empty for inference.</param>
/// <param name="Inputs">Batch x input shape.</param>
/// <param name="Scores">Batch x output, plain: logits while training, the network's outputs for inference.</param>
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
    /// <summary>What only training needs.</summary>
    public TrainingSlices? Training { get; init; }

    /// <summary>Where targets are read and metrics written, by training and wherever a loss is measured.</summary>
    public LossSlices? Loss { get; init; }

    /// <summary>For every batch normalization its moments in this arena, in plan order.</summary>
    public IReadOnlyList<BatchMoments> Normalizations { get; init; } = [];

    /// <summary>For inference: what must run whenever the moving moments were written.</summary>
    public IReadOnlyList<Instruction> Prepare { get; init; } = [];

    /// <summary>How many examples these numbers are.</summary>
    /// <exception cref="ArgumentException">No whole ones, none, or more than a batch.</exception>
    public int RowsOf(ReadOnlySpan<float> inputs)
    {
        var size = Plan.Network.Input.Size;
        var rows = inputs.Length / size;
        return rows >= 1 && rows <= Batch && inputs.Length == rows * size
            ? rows
            : throw new ArgumentException($"{inputs.Length} numbers are not 1 to {Batch} rows of {size}", nameof(inputs));
    }
}

/// <param name="Gradients">Lie like the parameters.</param>
/// <param name="First">An optimizer's first slot, likewise.</param>
/// <param name="Second">Its second, likewise.</param>
internal sealed record TrainingSlices(Slice Gradients, Slice? First, Slice? Second);

/// <param name="Targets">A number a row, or one a unit.</param>
/// <param name="Weights">A number a row; null where all rows weigh the same.</param>
/// <param name="Ring">A step's metrics after the other's, an alignment apart: two numbers, mean loss and rows right.</param>
internal sealed record LossSlices(Slice Targets, Slice? Weights, Slice Ring)
{
    /// <summary>Numbers that the metrics of so many steps take.</summary>
    public static int Size(int steps) => steps * Slice.Alignment;

    /// <summary>Steps that it has room for.</summary>
    public int Steps => Ring.Length / Slice.Alignment;

    /// <summary>Where a step writes.</summary>
    public Slice Of(int turn) => new(Ring.Offset + turn * Slice.Alignment, 2);

    /// <summary>Puts a batch's targets and, where rows are weighed, their weights there.</summary>
    public void Write(ICompute to, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        to.Write(targets, Targets with { Length = targets.Length });
        if (Weights is { } slice) to.Write(weights, slice with { Length = weights.Length });
    }

    /// <summary>The metrics of a step that wrote the first.</summary>
    public StepMetrics Read(ICompute from, int rows)
    {
        Span<float> metrics = stackalloc float[2];
        from.Read(Of(0), metrics);
        return new(metrics[0], (int)metrics[1], rows);
    }
}
