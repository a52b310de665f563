namespace FunctionalStack;

/// <summary>What a run may take.</summary>
/// <param name="Memory">
/// Bytes that fits running side by side may be estimated to need together (<see cref="MemoryEstimate"/>); at least 0, null
/// for any. A fit that needs more than all of it runs alone. The data and what finished fits have made are not counted.
/// </param>
/// <param name="TimeIsUp">
/// Asked before each base of a stack but the first begins; from the first yes on, no further one does. Bases begin in
/// order, each once the fits of those before leave a thread idle. Which bases a run has then depends on this; given
/// those, its bits are those of a stack of just them. Null for never.
/// </param>
public sealed record Budget(long? Memory = null, Func<bool>? TimeIsUp = null)
{
    public static Budget None { get; } = new();
}
