using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// A tree arranged to be walked by several rows at a time: while one row waits for its node, the others continue,
/// and no step has an unpredictable branch. Worthwhile from a few rows on.
/// </summary>
internal readonly struct TreeWalk
{
    /// <summary>The number of rows walked together.</summary>
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

        // A comparison with NaN is false: a row at a leaf goes right, and the right child of a leaf is the leaf.
        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = feature[node] < 0 ? new(double.NaN, 0, -1) : new(threshold[node], feature[node], right[node] - node - 1);
        }
    }

    /// <summary>Adds the outputs of each row's leaf to <paramref name="sums"/>. The number of rows is a multiple of
    /// <see cref="Lanes"/>.</summary>
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
                    var (toA, toB, toC, toD) =
                        (Step(nodes + a, first), Step(nodes + b, second), Step(nodes + c, third), Step(nodes + d, fourth));
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

    /// <summary>The offset of a row's next node: 1 to the left, 1 plus Skip to the right. The comparison is used as a number, to avoid a
    /// branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe int Step(Node* node, double* row)
    {
        var goesLeft = row[node->Feature] <= node->Threshold;
        return 1 + (node->Skip & (Unsafe.BitCast<bool, byte>(goesLeft) - 1));
    }

    /// <summary>A node: its threshold, its column, and the offset of the right child from the left one.</summary>
    private readonly record struct Node(double Threshold, int Feature, int Skip);
}
