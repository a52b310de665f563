namespace FunctionalStack.Learners;

/// <summary>A node's rows as bits: of all rows where they are many, of its block where they are few; neither where they are a list.</summary>
internal readonly record struct NodeBits(ulong[]? All, ulong Few)
{
    public bool IsList => All is null && Few == 0;
}

/// <summary>
/// The nodes of a tree that are known as bits, large ones (<see cref="WholeRows"/>) and small ones
/// (<see cref="NodeBlock"/>), and the best of the splits tried at the one gone to.
/// </summary>
internal sealed class BitNodes
{
    private readonly WholeRows whole;
    private readonly NodeBlock block;
    private NodeBits here;
    private ulong few;
    private ulong tried;
    private ulong best;

    /// <param name="columns">Of the data.</param>
    /// <param name="rows">Of the data.</param>
    /// <param name="kinds">Counts of bits that a split's sums are.</param>
    /// <param name="pooled">Where buffers come from.</param>
    public BitNodes(RankedColumn[] columns, int rows, int kinds, Pooled pooled) => (whole, block) = (new(columns, rows, kinds, pooled), new(columns, pooled));

    /// <summary>Whether a node of so many rows is better seen among all rows than listed.</summary>
    public bool AreMany(int count) => whole.Serves(count);

    public static bool AreFew(int count) => count <= NodeBlock.Most;

    public NodeBits All(int rows) => new(whole.All(rows), 0);

    /// <summary>Takes up a small node's rows.</summary>
    public NodeBits Few(ReadOnlySpan<int> rows) => new(null, block.Enter(rows));

    /// <summary>Lists the rows of a node, ascending; its bits are given up.</summary>
    public void List(NodeBits node, Span<int> into) => whole.List(node.All!, into);

    /// <summary>Goes to a node; its rows.</summary>
    public ReadOnlySpan<ulong> GoTo(NodeBits node)
    {
        (here, few) = (node, node.Few);
        return node.All is null ? new ReadOnlySpan<ulong>(in few) : node.All.AsSpan(0, whole.Words);
    }

    /// <summary>Makes ready to ask about columns: leaves, half of all nodes, never do.</summary>
    public void Open()
    {
        if (here.All is null) block.GoTo(few);
        else whole.GoTo(here.All);
    }

    /// <summary>The lowest and the highest rank in the node.</summary>
    public (int Low, int High) Range(int column) => here.All is null ? block.Range(column) : whole.Range(column);

    /// <summary>Rows of the node whose ranks are at most <paramref name="last"/>; valid until the next call.</summary>
    public ReadOnlySpan<ulong> AtMost(int column, int last)
    {
        if (here.All is not null) return whole.AtMost(column, last);
        tried = block.AtMost(column, last);
        return new(in tried);
    }

    /// <summary>Keeps what <see cref="AtMost"/> found last as the best so far.</summary>
    public void Keep()
    {
        if (here.All is not null) whole.Keep();
        else best = tried;
    }

    /// <summary>Divides the node, whose own bits are given up, into the rows kept and the others; how many are kept.</summary>
    public (NodeBits Left, NodeBits Right, int OnLeft) Divide()
    {
        if (here.All is null) return (new(null, best), new(null, here.Few & ~best), BitCounts.Count(new(in best)));
        var (left, right) = whole.Divide();
        return (new(left, 0), new(right, 0), BitCounts.Count(left.AsSpan(0, whole.Words)));
    }

    /// <summary>The node is a leaf.</summary>
    public void Release()
    {
        if (here.All is not null) whole.Release(here.All);
    }
}
