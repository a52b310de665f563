namespace FunctionalStack;

/// <summary>The resources that a run may use.</summary>
/// <param name="Memory">
/// The largest estimated memory in bytes of concurrent fits (<see cref="MemoryEstimate"/>); at least 0, null for no limit.
/// A fit that needs more runs alone. The data and the results of finished fits are not included.
/// </param>
/// <param name="TimeIsUp">
/// Called before each base of a stack except the first starts. Once it returns true, no further base starts. Bases start in
/// order, each when the fits of earlier bases leave a thread idle. It decides which bases are fitted. For these bases, the
/// result is bit-identical to that of a stack of only them. The trials of a search (<see cref="Tuned"/>) outside bases are skipped in
/// the same way. Null for no limit.
/// </param>
public sealed record Budget(long? Memory = null, Func<bool>? TimeIsUp = null)
{
    /// <summary>No limits.</summary>
    public static Budget None { get; } = new();
}
