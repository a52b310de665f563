namespace FunctionalStack.Learners;

/// <summary>The split of a node by a column: the best one, or one at a random threshold.</summary>
/// <typeparam name="TRow">The data of a row.</typeparam>
internal abstract class Splitter<TRow>
    where TRow : unmanaged
{
    /// <summary>A split of the current node.</summary>
    /// <param name="column">The column.</param>
    /// <param name="start">The start of the node.</param>
    /// <param name="count">The number of rows of the node.</param>
    /// <param name="stored">Whether the node is stored as bits.</param>
    public abstract (Split Split, double At) Try(int column, int start, int count, NodeBits stored);

    /// <summary>The threshold of a split, and the split with its ranks.</summary>
    public abstract (Split Split, double At) Finish(int column, Split split, double at);
}
