using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The mean of a forest's outputs for one row. Cells are replaced by their ranks among the thresholds of their column, so that a node has
/// 8 bytes. Leaves are added in the order of the trees (<see cref="TreeLanes"/>).
/// </summary>
internal sealed class TreesOfRow : RowFunction
{
    private const ushort Leaf = ushort.MaxValue;

    private readonly int[] places;
    private readonly double[][] thresholds;
    private readonly Node[] nodes;
    private readonly int[] roots;
    private readonly double[] leaves;

    private TreesOfRow(int[] places, double[][] thresholds, int outputs, EquatableArray<Tree> trees)
    {
        (this.places, this.thresholds, Count) = (places, thresholds, outputs);
        nodes = new Node[trees.Sum(tree => tree.NodeCount)];
        roots = new int[trees.Count];
        leaves = new double[trees.Sum(tree => tree.Outputs.Count)];
        var (at, rows) = (0, 0);
        for (var t = 0; t < roots.Length; t++)
        {
            var tree = trees[t];
            roots[t] = at;
            for (var node = 0; node < tree.NodeCount; node++, at++)
            {
                nodes[at] = tree.Feature[node] is var feature and >= 0
                    ? new(tree.Right[node] - node - 1, (ushort)feature, (ushort)Ascending.Below(thresholds[feature], tree.Threshold[node]))
                    : new(tree.Right[node] + rows, Leaf, 0);
            }

            tree.Outputs.AsSpan().CopyTo(leaves.AsSpan(rows * outputs));
            rows += tree.Outputs.Count / outputs;
        }
    }

    /// <summary>For rows with these columns; null if a column of the trees is absent or not numeric, or if there are too many columns or
    /// thresholds.</summary>
    public static TreesOfRow? For(Frame columns, EquatableArray<string> names, EquatableArray<string> levels, EquatableArray<Tree> trees)
    {
        if (columns.NumericPlaces(names) is not { } places || places.Length >= Leaf) return null;
        var thresholds = new HashSet<double>[places.Length];
        for (var c = 0; c < places.Length; c++) thresholds[c] = [];
        foreach (var tree in trees)
        {
            for (var node = 0; node < tree.NodeCount; node++)
            {
                if (tree.Feature[node] >= 0) thresholds[tree.Feature[node]].Add(tree.Threshold[node]);
            }
        }

        return thresholds.Any(own => own.Count > ushort.MaxValue) ? null
            : new(places, [.. thresholds.Select(own => own.Order().ToArray())], Math.Max(levels.Count, 1), trees);
    }

    public override int Count { get; }

    public override int Scratch => Rowwise.CellsOf<ushort>(places.Length) + Rowwise.CellsOf<int>(roots.Length);

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var ranks = MemoryMarshal.Cast<double, ushort>(scratch);
        var found = MemoryMarshal.Cast<double, int>(scratch[Rowwise.CellsOf<ushort>(places.Length)..])[..roots.Length];
        for (var c = 0; c < places.Length; c++)
        {
            var cell = row[places[c]];
            if (!double.IsFinite(cell)) return false;
            // At most a threshold exactly if its rank is at most that of the threshold.
            ranks[c] = (ushort)Ascending.Below(thresholds[c], cell);
        }

        Walk(ranks, found);
        results.Clear();
        foreach (var leaf in found)
        {
            var outputs = leaves.AsSpan(leaf * results.Length, results.Length);
            for (var i = 0; i < results.Length; i++) results[i] += outputs[i];
        }

        if (roots.Length == 1) return true;
        foreach (ref var result in results) result /= roots.Length;
        return true;
    }

    private unsafe void Walk(ReadOnlySpan<ushort> ranks, Span<int> found)
    {
        fixed (ushort* rank = ranks)
        fixed (Node* node = nodes) TreeLanes.Walk(new Step(node, rank), roots, found);
    }

    private readonly unsafe struct Step(Node* nodes, ushort* ranks) : ITreeStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(int node)
        {
            var own = nodes + node;
            if (own->Feature == Leaf) return ~own->Skip;
            var goesLeft = ranks[own->Feature] <= own->Rank;
            return node + 1 + (own->Skip & (Unsafe.BitCast<bool, byte>(goesLeft) - 1));
        }
    }

    /// <summary>A node: the offset of the right child from the left one, or the row of the leaf's outputs; its column; the rank of its
    /// threshold.</summary>
    private readonly record struct Node(int Skip, ushort Feature, ushort Rank);
}
