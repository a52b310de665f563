namespace FunctionalStack.Neural;

/// <summary>One operation of a program with its arguments bound. <see cref="Run"/> allocates nothing.</summary>
/// <param name="Layer">The node's name, to locate values that are not finite.</param>
/// <param name="Result">The operation's result, for the same purpose.</param>
/// <param name="Run">Runs the operation.</param>
internal readonly record struct Instruction(string Layer, Slice Result, Action<ICompute, StepArguments> Run);

/// <summary>The arguments that differ from step to step.</summary>
/// <param name="Batch">Examples present.</param>
/// <param name="Seed">The seed of the step; the dropout masks come from its forks.</param>
/// <param name="Slot">Steps since the metrics were last read: the index in <see cref="LossSlices"/> that this step writes.</param>
internal readonly record struct StepArguments(int Batch, Seed Seed, int Slot = 0);

internal static class Instructions
{
    /// <summary>Runs the instructions in order; allocates nothing.</summary>
    public static void Run(this IReadOnlyList<Instruction> instructions, ICompute compute, StepArguments arguments)
    {
        for (var i = 0; i < instructions.Count; i++) instructions[i].Run(compute, arguments);
    }
}
