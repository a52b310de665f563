namespace FunctionalStack.Learners;

/// <summary>
/// A binary tree as arrays with one entry per node, in preorder: a node's
/// left child is the next node. A row goes left if its column's value is at most the threshold.
/// </summary>
/// <param name="Feature">The column that the node splits on; -1 for a leaf.</param>
/// <param name="Threshold">The threshold of the split; 0 for a leaf.</param>
/// <param name="Right">The node's right child. For a leaf, its row in <paramref name="Outputs"/>, from 0. Leaves with equal outputs may
/// share a row.</param>
/// <param name="Outputs">Row-major: one probability per class, or one number.</param>
public sealed record Tree(EquatableArray<int> Feature, EquatableArray<double> Threshold, EquatableArray<int> Right,
    EquatableArray<double> Outputs)
{
    /// <summary>The node's right child. For a leaf, its row in <see cref="Outputs"/>.</summary>
    /// <exception cref="ArgumentException">A child precedes its parent or is out of range, a leaf has no outputs, or a threshold is not a
    /// number.
    /// Such a tree could loop forever.</exception>
    public EquatableArray<int> Right { get; } = Forward(Feature, Threshold, Right, Outputs);

    /// <summary>The number of nodes.</summary>
    public int NodeCount => Feature.Count;

    /// <summary>The number of leaves.</summary>
    public int LeafCount => (NodeCount + 1) / 2;

    /// <summary>The number of splits on the longest path from root to leaf; 0 for a single leaf.</summary>
    public int Depth => Learners.Trees.Depth(Feature, Right);

    /// <summary>Its fault as a tree over this number of columns; null if there is none.</summary>
    internal string? Fault(int columns, int levels)
    {
        var most = Feature.Max();
        var rows = Enumerable.Range(0, NodeCount).Where(node => Feature[node] < 0).Max(node => Right[node]) + 1;
        return most >= columns
            ? $"a split on column {most} of {columns}" : Consistency.Count("outputs", Outputs.Count, (long)rows * Math.Max(1, levels));
    }

    // Trees are also loaded from files.
    private static EquatableArray<int> Forward(EquatableArray<int> feature, EquatableArray<double> threshold, EquatableArray<int> right,
        EquatableArray<double> outputs)
    {
        var (nodes, leaves) = (feature.Count, (feature.Count + 1) / 2);
        if (nodes == 0 || threshold.Count != nodes || right.Count != nodes)
            throw new ArgumentException($"{nodes} nodes, {threshold.Count} thresholds and {right.Count} children do not form a tree");
        var rows = 0;
        var column = feature.AsSpan();
        var child = right.AsSpan();
        for (var node = 0; node < nodes; node++)
        {
            if (double.IsNaN(threshold[node])) throw new ArgumentException($"node {node} has no threshold", nameof(threshold));
            var (least, most) = column[node] < 0 ? (0, leaves - 1) : (node + 2, nodes - 1);
            if (child[node] < least || child[node] > most)
                throw new ArgumentException($"node {node} of {nodes} leads to {child[node]}", nameof(right));
            if (column[node] < 0) rows = Math.Max(rows, child[node] + 1);
        }

        if (rows == 0 || outputs.Count == 0 || outputs.Count % rows != 0)
            throw new ArgumentException($"{outputs.Count} outputs cannot be divided into {rows} rows", nameof(outputs));

        return right;
    }

    /// <summary>Adds the outputs of each row's leaf to <paramref name="sums"/>.</summary>
    /// <param name="cells">Rows x columns, row-major.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="sums">Rows x outputs, row-major.</param>
    /// <param name="outputs">The number of outputs per row.</param>
    internal void AddTo(ReadOnlySpan<double> cells, int columns, Span<double> sums, int outputs)
    {
        var rows = sums.Length / outputs;
        if (rows * 4L > NodeCount && NodeCount > 1)
        {
            new TreeWalk(this).AddTo(cells, columns, sums, outputs);
            return;
        }

        var feature = Feature.AsSpan();
        var threshold = Threshold.AsSpan();
        var right = Right.AsSpan();
        for (var row = 0; row < rows; row++)
        {
            var (node, start) = (0, row * columns);
            for (var column = feature[0]; column >= 0; column = feature[node])
            {
                node = cells[start + column] <= threshold[node] ? node + 1 : right[node];
            }

            for (var i = 0; i < outputs; i++) sums[row * outputs + i] += Outputs[right[node] * outputs + i];
        }
    }
}
