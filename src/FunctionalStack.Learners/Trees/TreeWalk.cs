using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// A tree arranged to be walked by several rows at a time: while one row waits for its node, the others continue. A row that reaches its
/// leaf is replaced by the next row, since the paths of a tree differ much in length. Worthwhile from a few rows on.
/// </summary>
internal readonly struct TreeWalk
{
    /// <summary>The number of rows walked together.</summary>
    private const int Lanes = 8;

    private readonly Tree tree;
    private readonly Node[] nodes;

    public TreeWalk(Tree tree)
    {
        this.tree = tree;
        nodes = new Node[tree.NodeCount];
        var feature = tree.Feature.AsSpan();
        var threshold = tree.Threshold.AsSpan();
        var right = tree.Right.AsSpan();

        for (var node = 0; node < nodes.Length; node++)
        {
            nodes[node] = feature[node] < 0 ? new(0, -1, right[node]) : new(threshold[node], feature[node], right[node] - node - 1);
        }
    }

    /// <summary>Adds the outputs of each row's leaf to <paramref name="sums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void AddTo(ReadOnlySpan<double> cells, int columns, Span<double> sums, int outputs)
    {
        var rows = sums.Length / outputs;
        var lanes = Math.Min(Lanes, rows);
        var at = stackalloc Node*[Lanes];
        var row = stackalloc double*[Lanes];
        var into = stackalloc double*[Lanes];
        fixed (double* values = cells, totals = sums, leaves = tree.Outputs.AsSpan())
        fixed (Node* root = nodes)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                at[lane] = root;
                row[lane] = values + (long)lane * columns;
                into[lane] = totals + (long)lane * outputs;
            }

            var next = lanes;
            while (lanes > 0)
            {
                for (var lane = 0; lane < lanes; lane++)
                {
                    var node = at[lane];
                    if (node->Feature >= 0)
                    {
                        var goesLeft = row[lane][node->Feature] <= node->Threshold;
                        at[lane] = node + 1 + (node->Skip & (Unsafe.BitCast<bool, byte>(goesLeft) - 1));
                        continue;
                    }

                    var leaf = leaves + (long)node->Skip * outputs;
                    var to = into[lane];
                    for (var i = 0; i < outputs; i++) to[i] += leaf[i];
                    if (next < rows)
                    {
                        at[lane] = root;
                        row[lane] = values + (long)next * columns;
                        into[lane] = totals + (long)next * outputs;
                        next++;
                    }
                    else
                    {
                        lanes--;
                        at[lane] = at[lanes];
                        row[lane] = row[lanes];
                        into[lane] = into[lanes];
                        lane--;
                    }
                }
            }
        }
    }

    /// <summary>A node: its threshold, its column (-1 for a leaf), and the offset of the right child from the left one, or the row of the
    /// leaf's outputs.</summary>
    private readonly record struct Node(double Threshold, int Feature, int Skip);
}
