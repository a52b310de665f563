namespace FunctionalStack.Neural;

/// <summary>One operation of a program. Programs are data: <see cref="Interpreter"/> runs them.</summary>
/// <param name="Layer">The node's name, to locate values that are not finite.</param>
/// <param name="Result">The operation's result, for the same purpose.</param>
/// <param name="Operation">The operation with its operands.</param>
internal readonly record struct Instruction(string Layer, Slice Result, Operation Operation);
