using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Learners;

/// <summary>
/// The prediction of boosted trees for one row. Several trees are walked at a time: while one waits for its node, the others continue, and
/// one that is at its leaf is replaced by the next tree. Leaves are added in the order of the trees.
/// </summary>
internal sealed class BoostedRow : RowFunction
{
    /// <summary>The number of trees walked together.</summary>
    private const int Lanes = 16;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Walk(ReadOnlySpan<byte> codes, Span<int> found)
    {
        var at = stackalloc Node*[Lanes];
        var lane = stackalloc int[Lanes];
        fixed (byte* code = codes)
        fixed (Node* node = nodes)
        {
            var active = Math.Min(Lanes, roots.Length);
            for (var t = 0; t < active; t++)
            {
                at[t] = node + roots[t];
                lane[t] = t;
            }

            var next = active;
            while (active > 0)
            {
                for (var i = 0; i < active; i++)
                {
                    var own = at[i];
                    if (own->Feature >= 0)
                    {
                        int value = code[own->Feature];
                        var left = value >= own->First & value <= own->Last;
                        var right = own->Right;
                        if (right < 0)
                        {
                            right = -right;
                            if (value > 0) left = (sets[setOf[own - node] + (value >> 5)] >> value & 1) != 0;
                        }

                        at[i] = own + (left ? 1 : right);
                        continue;
                    }

                    found[lane[i]] = own->Right;
                    if (next < roots.Length)
                    {
                        at[i] = node + roots[next];
                        lane[i] = next++;
                        continue;
                    }

                    active--;
                    at[i] = at[active];
                    lane[i] = lane[active];
                    i--;
                }
            }
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
