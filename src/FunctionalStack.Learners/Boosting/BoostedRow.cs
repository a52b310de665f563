using System.Runtime.InteropServices;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>The prediction of boosted trees for one row, with the nodes of all trees in one array.</summary>
internal sealed class BoostedRow : RowFunction
{
    private readonly GradientBoostingModel model;
    private readonly Cell[] cells;
    private readonly Node[] nodes;
    private readonly int[] roots;
    private readonly double[] leaves;
    private readonly int[] sets;

    private BoostedRow(GradientBoostingModel model, Cell[] cells)
    {
        (this.model, this.cells) = (model, cells);
        var (count, trees) = (model.Trees.Sum(tree => tree.NodeCount), model.Trees);
        (nodes, leaves, roots) = (new Node[count], new double[count], new int[trees.Count]);
        sets = [.. trees.SelectMany(tree => tree.Sets)];
        var (at, set) = (0, 0);
        for (var t = 0; t < roots.Length; t++)
        {
            var tree = trees[t];
            roots[t] = at;
            for (var node = 0; node < tree.NodeCount; node++)
            {
                nodes[at + node] = NodeOf(tree, node, model.Columns, set);
                leaves[at + node] = tree.Value[node];
            }

            at += tree.NodeCount;
            set += tree.Sets.Count;
        }
    }

    /// <summary>For rows with these columns; null if a column is absent or of another kind.</summary>
    public static BoostedRow? For(Frame columns, GradientBoostingModel model)
    {
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

    public override int Scratch => model.Outputs + (cells.Length + sizeof(double) - 1) / sizeof(double);

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var scores = scratch[..model.Outputs];
        var codes = MemoryMarshal.AsBytes(scratch[scores.Length..])[..cells.Length];
        for (var c = 0; c < codes.Length; c++) codes[c] = cells[c].CodeOf(row);
        model.Base.AsSpan().CopyTo(scores);
        for (var (t, output) = (0, 0); t < roots.Length; t++)
        {
            scores[output] += leaves[Leaf(roots[t], codes)];
            if (++output == scores.Length) output = 0;
        }

        results.Clear();
        model.Predict(scores, results);
        return true;
    }

    private int Leaf(int at, ReadOnlySpan<byte> codes)
    {
        var own = nodes.AsSpan();
        ref readonly var node = ref own[at];
        while (node.Feature >= 0)
        {
            var code = codes[node.Feature];
            var left = node.Set < 0 || code == 0 ? code >= node.First & code <= node.Last : (sets[node.Set + (code >> 5)] >> code & 1) != 0;
            at += left ? 1 : node.Right;
            node = ref own[at];
        }

        return at;
    }

    // With a set, only the code 0 is compared.
    private static Node NodeOf(BoostedTree tree, int node, EquatableArray<BoostedColumn> columns, int sets)
    {
        var feature = tree.Feature[node];
        if (feature < 0) return new(-1, 0, -1, 0, 0);
        var categorical = columns[feature].IsCategorical;
        return new(feature, tree.Right[node] - node, categorical ? sets + tree.Code[node] * BoostedTree.WordsASet : -1,
            tree.MissingLeft[node] != 0 ? (byte)0 : (byte)1, (byte)(categorical ? 0 : Math.Clamp(tree.Code[node], 0, byte.MaxValue)));
    }

    /// <summary>How the code of a column is found.</summary>
    private readonly record struct Cell(BoostedColumn Column, int Place, LevelPlaces? Levels)
    {
        public byte CodeOf(RowCells row) => Levels is null ? Column.CodeOf(row[Place]) : (byte)(1 + Levels.Of(row));
    }

    /// <summary>A node: its column (-1 for a leaf), the offset of the right child, the set of codes that go left (negative without one), and
    /// the first and the last code that go left.</summary>
    private readonly record struct Node(int Feature, int Right, int Set, byte First, byte Last);
}
