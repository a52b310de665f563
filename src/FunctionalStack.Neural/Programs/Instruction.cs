namespace FunctionalStack.Neural;

/// <summary>One operation of a program, its arguments bound; <see cref="Run"/> allocates nothing.</summary>
/// <param name="Layer">The node's name, for whoever asks where something arose.</param>
/// <param name="Result">What the operation writes, for the same.</param>
/// <param name="Run">Does it.</param>
internal readonly record struct Instruction(string Layer, Slice Result, Action<ICompute, StepArguments> Run);

/// <summary>What differs from step to step.</summary>
/// <param name="Batch">Examples present.</param>
/// <param name="Seed">Of the step: dropout's masks come from its forks.</param>
/// <param name="Turn">Steps taken since metrics were last read: which of <see cref="LossSlices"/>'s it writes.</param>
internal readonly record struct StepArguments(int Batch, Seed Seed, int Turn = 0);

internal static class Instructions
{
    /// <summary>Runs them in order; allocates nothing.</summary>
    public static void Run(this IReadOnlyList<Instruction> instructions, ICompute compute, StepArguments arguments)
    {
        for (var i = 0; i < instructions.Count; i++) instructions[i].Run(compute, arguments);
    }
}
