namespace FunctionalStack.Learners;

/// <summary>
/// A binary tree as arrays with one entry per node, in preorder: a node's left child is the next node. Nodes compare
/// codes (<see cref="BoostedColumn"/>).
/// </summary>
/// <param name="Feature">The column that the node splits on; -1 for a leaf.</param>
/// <param name="Code">Codes from 1 to this one go left. For a categorical column, the index of the node's set in <paramref name="Sets"/>. 0
/// for a leaf.</param>
/// <param name="MissingLeft">1 if missing values go left, otherwise 0.</param>
/// <param name="Right">The node's right child; 0 for a leaf.</param>
/// <param name="Value">The value that the leaf adds to a row's score; 0 for a split.</param>
/// <param name="Gain">The reduction of the loss by the split, times two, as in XGBoost; 0 for a leaf.</param>
/// <param name="Cover">The summed second derivatives of the node's training rows; for squared error, their weight.</param>
/// <param name="Sets">Eight 32-bit integers per set: a bit for each category code that goes left.</param>
public sealed record BoostedTree(EquatableArray<int> Feature, EquatableArray<int> Code, EquatableArray<byte> MissingLeft,
    EquatableArray<int> Right, EquatableArray<double> Value, EquatableArray<double> Gain, EquatableArray<double> Cover,
    EquatableArray<int> Sets)
{
    internal const int WordsASet = 8;

    /// <summary>The node's right child; 0 for a leaf.</summary>
    /// <exception cref="ArgumentException">A child precedes its parent or is out of range, or the lists do not match. Such a tree could
    /// loop forever.</exception>
    public EquatableArray<int> Right { get; } = Forward(Feature, Code, MissingLeft, Right, Value, Gain, Cover);

    /// <summary>The number of nodes.</summary>
    public int NodeCount => Feature.Count;

    /// <summary>The number of leaves.</summary>
    public int LeafCount => (NodeCount + 1) / 2;

    /// <summary>The number of splits on the longest path from root to leaf; 0 for a single leaf.</summary>
    public int Depth => Learners.Trees.Depth(Feature, Right);

    /// <summary>Whether a code goes left of a node.</summary>
    internal bool GoesLeft(int node, int code, bool categorical) =>
        code == 0 ? MissingLeft[node] != 0
        : categorical ? (Sets[Code[node] * WordsASet + (code >> 5)] >> code & 1) != 0
        : code <= Code[node];

    /// <summary>The expected value when no column is known.</summary>
    internal double Expected()
    {
        var expected = Value.ToArray();
        for (var node = NodeCount - 1; node >= 0; node--)
        {
            if (Feature[node] < 0) continue;
            var (left, right) = (node + 1, Right[node]);
            expected[node] = (Cover[left] * expected[left] + Cover[right] * expected[right]) / Cover[node];
        }

        return expected[0];
    }

    // Trees are also loaded from files.
    private static EquatableArray<int> Forward(EquatableArray<int> feature, EquatableArray<int> code, EquatableArray<byte> missing,
        EquatableArray<int> right, EquatableArray<double> value, EquatableArray<double> gain, EquatableArray<double> cover)
    {
        var nodes = feature.Count;
        if (nodes == 0 || nodes % 2 == 0
            || new[] { code.Count, missing.Count, right.Count, value.Count, gain.Count, cover.Count }.Any(count => count != nodes))
        {
            throw new ArgumentException($"the lists of a tree of {nodes} nodes do not match", nameof(feature));
        }

        for (var node = 0; node < nodes; node++)
        {
            if (feature[node] < 0 ? right[node] != 0 : right[node] < node + 2 || right[node] >= nodes)
                throw new ArgumentException($"node {node} of {nodes} leads to {right[node]}", nameof(right));
        }

        return right;
    }
}
