namespace FunctionalStack.Learners;

/// <summary>
/// A binary tree as arrays, one entry a node, each node before its left subtree and that before its right one: a node's left
/// child is the next node. What is compared are codes (<see cref="BoostedColumn"/>).
/// </summary>
/// <param name="Feature">The column that the node splits on; -1 for a leaf.</param>
/// <param name="Code">Codes from 1 up to this one go left; where the column is categorical, the number of the node's set among the tree's. 0 for a leaf.</param>
/// <param name="MissingLeft">1 where missing values go left, else 0.</param>
/// <param name="Right">The node's right child; 0 for a leaf.</param>
/// <param name="Value">What the leaf adds to a row's score; 0 for a split.</param>
/// <param name="Gain">What the split took from the loss, twice over as XGBoost counts it; 0 for a leaf.</param>
/// <param name="Cover">The second derivatives of the node's training rows, summed; for squared error the rows' weight.</param>
/// <param name="Sets">Eight words of 32 bits a set: the codes of the categories that go left.</param>
public sealed record BoostedTree(EquatableArray<int> Feature, EquatableArray<int> Code, EquatableArray<byte> MissingLeft, EquatableArray<int> Right, EquatableArray<double> Value, EquatableArray<double> Gain, EquatableArray<double> Cover, EquatableArray<int> Sets)
{
    internal const int WordsASet = 8;

    /// <exception cref="ArgumentException">A child lies before its parent or outside, or the lists don't fit together: such a tree could send a row in circles.</exception>
    public EquatableArray<int> Right { get; } = Forward(Feature, Code, MissingLeft, Right, Value, Gain, Cover);

    public int NodeCount => Feature.Count;

    public int LeafCount => (NodeCount + 1) / 2;

    /// <summary>Splits on the longest way from root to leaf; 0 for a lone leaf.</summary>
    public int Depth => Learners.Trees.Depth(Feature, Right);

    /// <summary>Whether a code goes left of a node.</summary>
    internal bool GoesLeft(int node, int code, bool categorical) =>
        code == 0 ? MissingLeft[node] != 0
        : categorical ? (Sets[Code[node] * WordsASet + (code >> 5)] >> code & 1) != 0
        : code <= Code[node];

    // Trees are also made from files.
    private static EquatableArray<int> Forward(EquatableArray<int> feature, EquatableArray<int> code, EquatableArray<byte> missing, EquatableArray<int> right, EquatableArray<double> value, EquatableArray<double> gain, EquatableArray<double> cover)
    {
        var nodes = feature.Count;
        if (nodes == 0 || nodes % 2 == 0 || new[] { code.Count, missing.Count, right.Count, value.Count, gain.Count, cover.Count }.Any(count => count != nodes))
        {
            throw new ArgumentException($"the lists of a tree of {nodes} nodes don't fit together", nameof(feature));
        }

        for (var node = 0; node < nodes; node++)
        {
            if (feature[node] < 0 ? right[node] != 0 : right[node] < node + 2 || right[node] >= nodes) throw new ArgumentException($"node {node} of {nodes} leads to {right[node]}", nameof(right));
        }

        return right;
    }
}
