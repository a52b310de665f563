namespace FunctionalStack.Cli.Output;

/// <summary>The work was cancelled, and the message names the files that are kept.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);
