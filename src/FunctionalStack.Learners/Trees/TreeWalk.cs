using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// A tree laid out to be walked by several rows at a time, in step: while one row waits for its node the others go on,
/// and no step has a branch to be foreseen. Worth its making from some rows on.
/// </summary>
internal readonly struct TreeWalk
{
    /// <summary>Rows that walk together.</summary>
    public const int Lanes = 4;

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
        var leaves = tree.Outputs.AsSpan();
        var leafOf = tree.Right.AsSpan();
        fixed (double* values = cells)
        fixed (Node* nodes = this.nodes)
        {
            for (var row = 0; row * outputs < sums.Length; row += Lanes)
            {
                var first = values + (long)row * columns;
                var second = first + columns;
                var third = second + columns;
                var fourth = third + columns;
                var (a, b, c, d) = (0, 0, 0, 0);
                int moved;
                do
                {
                    var (toA, toB, toC, toD) = (Step(nodes + a, first), Step(nodes + b, second), Step(nodes + c, third), Step(nodes + d, fourth));
                    a += toA;
                    b += toB;
                    c += toC;
                    d += toD;
                    moved = toA | toB | toC | toD;
                }
                while (moved != 0);

                var into = sums.Slice(row * outputs, Lanes * outputs);
                var (leafA, leafB, leafC, leafD) = (leafOf[a] * outputs, leafOf[b] * outputs, leafOf[c] * outputs, leafOf[d] * outputs);
                for (var i = 0; i < outputs; i++)
                {
                    into[i] += leaves[leafA + i];
                    into[i + outputs] += leaves[leafB + i];
                    into[i + 2 * outputs] += leaves[leafC + i];
                    into[i + 3 * outputs] += leaves[leafD + i];
                }
            }
        }
    }

    /// <summary>How many nodes on a row goes: 1 to the left, 1 and Skip to the right. The comparison is used as a number, lest it becomes a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe int Step(Node* node, double* row)
    {
        var goesLeft = row[node->Feature] <= node->Threshold;
        return 1 + (node->Skip & (Unsafe.BitCast<bool, byte>(goesLeft) - 1));
    }

    /// <summary>A node: what its column is compared with, and how far beyond the left child the right one is.</summary>
    private readonly record struct Node(double Threshold, int Feature, int Skip);
}
