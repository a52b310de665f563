using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>
/// The prediction of boosted trees for one row. Leaves are added in the order of the trees (<see cref="TreeLanes"/>).
/// </summary>
internal sealed class BoostedRow : RowFunction
{
    private readonly GradientBoostingModel model;
    private readonly Cell[] cells;
    private readonly Node[] nodes;
    private readonly int[] roots;
    private readonly double[] leaves;
    private readonly int[] sets;

    // Of each node with a set, the place of the set.
    private readonly int[] setOf;

    private BoostedRow(GradientBoostingModel model, Cell[] cells)
    {
        (this.model, this.cells) = (model, cells);
        var trees = model.Trees;
        nodes = new Node[trees.Sum(tree => tree.NodeCount)];
        leaves = new double[trees.Sum(tree => tree.LeafCount)];
        roots = new int[trees.Count];
        sets = [.. trees.SelectMany(tree => tree.Sets)];
        setOf = new int[sets.Length == 0 ? 0 : nodes.Length];
        var (at, leaf, set) = (0, 0, 0);
        for (var t = 0; t < roots.Length; t++)
        {
            var tree = trees[t];
            roots[t] = at;
            for (var node = 0; node < tree.NodeCount; node++, at++)
            {
                if (tree.Feature[node] < 0)
                {
                    leaves[leaf] = tree.Value[node];
                    nodes[at] = new(leaf++, -1, 0, 0);
                    continue;
                }

                var (right, first) = (tree.Right[node] - node, tree.MissingLeft[node] != 0 ? (byte)0 : (byte)1);
                if (!model.Columns[tree.Feature[node]].IsCategorical)
                {
                    nodes[at] = new(right, (short)tree.Feature[node], first, (byte)Math.Clamp(tree.Code[node], 0, byte.MaxValue));
                    continue;
                }

                setOf[at] = set + tree.Code[node] * BoostedTree.WordsASet;
                nodes[at] = new(-right, (short)tree.Feature[node], first, 0);
            }

            set += tree.Sets.Count;
        }
    }

    /// <summary>For rows with these columns; null if a column is absent or of another kind, or there are too many.</summary>
    public static BoostedRow? For(Frame columns, GradientBoostingModel model)
    {
        if (model.Columns.Count > short.MaxValue) return null;
        var cells = new Cell[model.Columns.Count];
        for (var c = 0; c < cells.Length; c++)
        {
            var column = model.Columns[c];
            if (columns.PlaceOf(column.Name) is not { } place
                || column.IsCategorical != columns.Columns[place].Column is Column.Categorical) return null;
            // Missing and unknown categories have the code 0.
            cells[c] = new(column, place, LevelPlaces.Of(columns, column.Name, column.Levels, missing: -1, unseen: null));
        }

        return new(model, cells);
    }

    public override int Count => Math.Max(1, model.Levels.Count);

    public override int Scratch => model.Outputs + Rowwise.CellsOf<byte>(cells.Length) + Rowwise.CellsOf<int>(roots.Length);

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var scores = scratch[..model.Outputs];
        var codes = MemoryMarshal.AsBytes(scratch[scores.Length..])[..cells.Length];
        for (var c = 0; c < codes.Length; c++) codes[c] = cells[c].CodeOf(row);
        model.Base.AsSpan().CopyTo(scores);
        var found = MemoryMarshal.Cast<double, int>(scratch[(scores.Length + Rowwise.CellsOf<byte>(cells.Length))..])[..roots.Length];
        Walk(codes, found);
        var output = 0;
        foreach (var leaf in found)
        {
            scores[output] += leaves[leaf];
            if (++output == scores.Length) output = 0;
        }

        results.Clear();
        model.Predict(scores, results);
        return true;
    }

    private unsafe void Walk(ReadOnlySpan<byte> codes, Span<int> found)
    {
        fixed (byte* code = codes)
        fixed (Node* node = nodes)
        fixed (int* set = sets, place = setOf) TreeLanes.Walk(new Step(node, code, set, place), roots, found);
    }

    private readonly unsafe struct Step(Node* nodes, byte* codes, int* sets, int* setOf) : ITreeStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(int node)
        {
            var own = nodes + node;
            if (own->Feature < 0) return ~own->Right;
            int code = codes[own->Feature];
            var left = code >= own->First & code <= own->Last;
            if (own->Right >= 0) return node + (left ? 1 : own->Right);
            if (code > 0) left = (sets[setOf[node] + (code >> 5)] >> code & 1) != 0;
            return node + (left ? 1 : -own->Right);
        }
    }

    /// <summary>How the code of a column is found.</summary>
    private readonly record struct Cell(BoostedColumn Column, int Place, LevelPlaces? Levels)
    {
        public byte CodeOf(RowCells row) => Levels is null ? Column.CodeOf(row[Place]) : (byte)(1 + Levels.Of(row));
    }

    /// <summary>A node: its column (-1 for a leaf); the offset of the right child, negative if a set of codes goes left, or the place of
    /// the
    /// leaf's value; the first and the last code that go left (with a set, of code 0 only).</summary>
    private readonly record struct Node(int Right, short Feature, byte First, byte Last);
}
