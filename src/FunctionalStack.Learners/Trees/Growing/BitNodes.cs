namespace FunctionalStack.Learners;

/// <summary>A node's rows as bits: of all rows for a large node, of its block for a small one. Neither if they are a list.</summary>
internal readonly record struct NodeBits(ulong[]? All, ulong Few)
{
    public bool IsList => All is null && Few == 0;
}

/// <summary>
/// The nodes of a tree that are stored as bits, large ones (<see cref="WholeRows"/>) and small ones
/// (<see cref="NodeBlock"/>), and the best split so far of the current node.
/// </summary>
internal sealed class BitNodes
{
    private readonly WholeRows whole;
    private readonly NodeBlock block;
    private NodeBits here;
    private ulong few;
    private ulong tried;
    private ulong best;

    /// <summary>Storage for the nodes of a tree.</summary>
    /// <param name="columns">The columns of the data.</param>
    /// <param name="rows">The number of rows of the data.</param>
    /// <param name="kinds">The number of population counts per split.</param>
    /// <param name="pooled">The source of buffers.</param>
    public BitNodes(RankedColumn[] columns, int rows, int kinds, Pooled pooled) =>
        (whole, block) = (new(columns, rows, kinds, pooled), new(columns, pooled));

    /// <summary>Whether a node with this number of rows is better stored as bits than as a list.</summary>
    public bool AreMany(int count) => whole.Serves(count);

    public static bool AreFew(int count) => count <= NodeBlock.Most;

    public NodeBits All(int rows) => new(whole.All(rows), 0);

    /// <summary>Stores a small node's rows.</summary>
    public NodeBits Few(ReadOnlySpan<int> rows) => new(null, block.Enter(rows));

    /// <summary>Lists the rows of a node, ascending, and releases its bits.</summary>
    public void List(NodeBits node, Span<int> into) => whole.List(node.All!, into);

    /// <summary>Makes a node the current one. Returns its rows.</summary>
    public ReadOnlySpan<ulong> GoTo(NodeBits node)
    {
        (here, few) = (node, node.Few);
        return node.All is null ? new ReadOnlySpan<ulong>(in few) : node.All.AsSpan(0, whole.Words);
    }

    /// <summary>Prepares queries about columns. Leaves, half of all nodes, do not need it.</summary>
    public void Open()
    {
        if (here.All is null) block.GoTo(few);
        else whole.GoTo(here.All);
    }

    /// <summary>The lowest and the highest rank in the node.</summary>
    public (int Low, int High) Range(int column) => here.All is null ? block.Range(column) : whole.Range(column);

    /// <summary>The rows of the node whose ranks are at most <paramref name="last"/>. Valid until the next call.</summary>
    public ReadOnlySpan<ulong> AtMost(int column, int last)
    {
        if (here.All is not null) return whole.AtMost(column, last);
        tried = block.AtMost(column, last);
        return new(in tried);
    }

    /// <summary>Keeps the last result of <see cref="AtMost"/> as the best split so far.</summary>
    public void Keep()
    {
        if (here.All is not null) whole.Keep();
        else best = tried;
    }

    /// <summary>Divides the node into the rows kept (left) and the others, and releases its bits. Also returns the number of rows on the
    /// left.</summary>
    public (NodeBits Left, NodeBits Right, int OnLeft) Divide()
    {
        if (here.All is null) return (new(null, best), new(null, here.Few & ~best), BitCounts.Count(new(in best)));
        var (left, right) = whole.Divide();
        return (new(left, 0), new(right, 0), BitCounts.Count(left.AsSpan(0, whole.Words)));
    }

    /// <summary>Releases the node, a leaf.</summary>
    public void Release()
    {
        if (here.All is not null) whole.Release(here.All);
    }
}
