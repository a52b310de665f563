using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The mean of a forest's outputs for one row. Several trees are walked at a time: while one waits for its node, the others continue.
/// Leaves are summed in the order of the trees.
/// </summary>
internal sealed class TreesOfRow : RowFunction
{
    /// <summary>The number of trees walked together.</summary>
    private const int Lanes = 8;

    private readonly int[] places;
    private readonly TreeWalk.Node[] nodes;
    private readonly int[] roots;
    private readonly double[] leaves;

    private TreesOfRow(int[] places, int outputs, EquatableArray<Tree> trees)
    {
        (this.places, Count) = (places, outputs);
        nodes = new TreeWalk.Node[trees.Sum(tree => tree.NodeCount)];
        roots = new int[trees.Count];
        leaves = new double[trees.Sum(tree => tree.Outputs.Count)];
        var (at, rows) = (0, 0);
        for (var t = 0; t < roots.Length; t++)
        {
            var own = nodes.AsSpan(roots[t] = at, trees[t].NodeCount);
            TreeWalk.Arrange(trees[t], own);
            foreach (ref var node in own)
            {
                if (node.Feature < 0) node = node with { Skip = node.Skip + rows };
            }

            trees[t].Outputs.AsSpan().CopyTo(leaves.AsSpan(rows * outputs));
            rows += trees[t].Outputs.Count / outputs;
            at += own.Length;
        }
    }

    /// <summary>For rows with these columns; null if a column of the trees is absent or not numeric.</summary>
    public static TreesOfRow? For(Frame columns, EquatableArray<string> names, EquatableArray<string> levels, EquatableArray<Tree> trees) =>
        columns.NumericPlaces(names) is { } places ? new(places, Math.Max(levels.Count, 1), trees) : null;

    public override int Count { get; }

    public override int Scratch => places.Length;

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var cells = scratch[..places.Length];
        if (!row.GatherFinite(places, cells)) return false;
        results.Clear();
        for (var first = 0; first < roots.Length; first += Lanes)
            Add(cells, roots.AsSpan(first, Math.Min(Lanes, roots.Length - first)), results);
        if (roots.Length == 1) return true;
        foreach (ref var result in results) result /= roots.Length;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Add(ReadOnlySpan<double> cells, ReadOnlySpan<int> trees, Span<double> results)
    {
        var at = stackalloc TreeWalk.Node*[Lanes];
        var lane = stackalloc int[Lanes];
        var leaf = stackalloc int[Lanes];
        fixed (double* values = cells)
        fixed (TreeWalk.Node* node = nodes)
        {
            var active = trees.Length;
            for (var t = 0; t < active; t++)
            {
                at[t] = node + trees[t];
                lane[t] = t;
            }

            while (active > 0)
            {
                for (var i = 0; i < active; i++)
                {
                    var own = at[i];
                    if (own->Feature >= 0)
                    {
                        var goesLeft = values[own->Feature] <= own->Threshold;
                        at[i] = own + 1 + (own->Skip & (Unsafe.BitCast<bool, byte>(goesLeft) - 1));
                        continue;
                    }

                    leaf[lane[i]] = own->Skip;
                    active--;
                    at[i] = at[active];
                    lane[i] = lane[active];
                    i--;
                }
            }
        }

        for (var t = 0; t < trees.Length; t++)
        {
            var outputs = leaves.AsSpan(leaf[t] * results.Length, results.Length);
            for (var i = 0; i < results.Length; i++) results[i] += outputs[i];
        }
    }
}
