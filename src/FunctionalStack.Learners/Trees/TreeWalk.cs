using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// A tree laid out to be walked by several rows at a time, in step: while one row waits for its node the others go on,
/// and no step has a branch to be foreseen. Worth its making from some rows on.
/// </summary>
internal readonly struct TreeWalk
{
    /// <summary>Rows that walk together.</summary>
    public const int Lanes = 8;

    private readonly Tree tree;
    private readonly Node[] nodes;

    public TreeWalk(Tree tree)
    {
        this.tree = tree;
        nodes = new Node[tree.NodeCount];
        var feature = tree.Feature.AsSpan();
        var threshold = tree.Threshold.AsSpan();
        var right = tree.Right.AsSpan();

        // No number is at most NaN: a row that has come to a leaf goes right, and right of a leaf is the leaf.
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = feature[node] < 0 ? new(double.NaN, 0, -1) : new(threshold[node], feature[node], right[node] - node - 1);
        }
    }

    /// <summary>Adds the outputs of each row's leaf to <paramref name="sums"/>; the number of rows is a multiple of <see cref="Lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void AddTo(ReadOnlySpan<double> cells, int columns, Span<double> sums, int outputs)
    {
        var leafOf = tree.Right.AsSpan();
        var at = stackalloc int[Lanes];
        fixed (double* values = cells)
        fixed (Node* tops = nodes)
        {
            for (var row = 0; row * outputs < sums.Length; row += Lanes)
            {
                for (var lane = 0; lane < Lanes; lane++) at[lane] = 0;
                int moved;
                do
                {
                    moved = 0;
                    var value = values + (long)row * columns;
                    for (var lane = 0; lane < Lanes; lane++, value += columns)
                    {
                        var here = at[lane];
                        var node = tops + here;
                        var goesRight = value[node->Feature] <= node->Threshold ? 0 : -1;
                        var step = 1 + (node->Skip & goesRight);
                        at[lane] = here + step;
                        moved |= step;
                    }
                }
                while (moved != 0);

                for (var lane = 0; lane < Lanes; lane++) tree.AddLeaf(leafOf[at[lane]], sums.Slice((row + lane) * outputs, outputs));
            }
        }
    }

    /// <summary>A node: what its column is compared with, and how far beyond the left child the right one is.</summary>
    private readonly record struct Node(double Threshold, int Feature, int Skip);
}
