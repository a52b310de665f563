namespace FunctionalStack.Neural;

/// <summary>A network laid out in an arena for one batch size: what to run, and where things lie.</summary>
/// <param name="Plan">The network.</param>
/// <param name="Batch">Examples at most.</param>
/// <param name="Floats">The arena's size.</param>
/// <param name="Parameters">Where the variables lie.</param>
/// <param name="Forward">From the inputs to the scores.</param>
/// <param name="Backward">From the loss to all gradients; empty for inference.</param>
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

    /// <summary>For every batch normalization its moments in this arena, in plan order.</summary>
    public IReadOnlyList<BatchMoments> Normalizations { get; init; } = [];

    /// <summary>For inference: what must run whenever the moving moments were written.</summary>
    public IReadOnlyList<Instruction> Prepare { get; init; } = [];
}

/// <param name="Targets">A number a row, or one a unit.</param>
/// <param name="Metrics">Two numbers: mean loss, rows right.</param>
/// <param name="Gradients">Lie like the parameters.</param>
/// <param name="First">An optimizer's first slot, likewise.</param>
/// <param name="Second">Its second, likewise.</param>
internal sealed record TrainingSlices(Slice Targets, Slice Metrics, Slice Gradients, Slice? First, Slice? Second);
