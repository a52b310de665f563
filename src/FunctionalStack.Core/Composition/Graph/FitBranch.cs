namespace FunctionalStack;

/// <summary>A part of a composition that a run may skip as a whole: a base of the outermost stack with several bases.</summary>
internal sealed class OptionalPart(string name)
{
    private volatile bool skipped;

    public string Name => name;

    /// <summary>Whether the run has skipped it. Decided before the first of its tasks runs.</summary>
    public bool Skipped => skipped;

    /// <summary>The failure used as its result if it is skipped.</summary>
    public Failure NotBegun =>
        new(name, "it was not started within the time budget", "Give more time, or name it earlier among the bases.");

    public void Skip() => skipped = true;
}

/// <summary>The position of a task in a composition, as far as it decides whether and when the task runs.</summary>
/// <param name="Optional">The optional part that it belongs to, if any.</param>
/// <param name="Tolerated">Whether an enclosing part continues without it if it fails.</param>
/// <param name="Required">Whether no part inside it may be skipped.</param>
/// <param name="Scored">Whether a stack at this position is scored by its out-of-fold predictions.</param>
/// <param name="Stage">The number of the outer fold.</param>
/// <param name="Expanded">Whether pipelines are expanded, rather than fitted as one leaf.</param>
internal sealed record FitBranch(OptionalPart? Optional = null, bool Tolerated = false, bool Required = false, bool Scored = false,
    int Stage = 0, bool Expanded = false);
