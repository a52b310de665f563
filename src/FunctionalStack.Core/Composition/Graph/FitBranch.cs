namespace FunctionalStack;

/// <summary>A part of a composition that a run may leave out whole: a base of the outermost stack that has several.</summary>
internal sealed class OptionalPart(string name)
{
    private volatile bool skipped;

    public string Name => name;

    /// <summary>Whether the run has left it out. Settled before the first of its tasks runs.</summary>
    public bool Skipped => skipped;

    /// <summary>What stands for its results then.</summary>
    public Failure NotBegun => new(name, "it was not begun within the time budget", "Give more time, or name it earlier among the bases.");

    public void Skip() => skipped = true;
}

/// <summary>Where in a composition a task stands, as far as that decides whether and when it runs.</summary>
/// <param name="Optional">The part it belongs to, if that may be left out.</param>
/// <param name="Tolerated">Whether something above goes on without it, should it fail.</param>
/// <param name="Required">Whether nothing inside it may be left out.</param>
/// <param name="Scored">Whether a stack there is to be scored by its out-of-fold predictions.</param>
/// <param name="Stage">The number of the outer fold.</param>
internal sealed record FitBranch(OptionalPart? Optional = null, bool Tolerated = false, bool Required = false, bool Scored = false, int Stage = 0);
