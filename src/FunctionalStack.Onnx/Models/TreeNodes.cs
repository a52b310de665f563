namespace FunctionalStack.Onnx;

/// <summary>Collects trees of a TreeEnsemble (ai.onnx.ml 5). Used by one export; never shared.</summary>
internal sealed class TreeNodes
{
    /// <summary>How a node compares its column.</summary>
    public enum Mode : byte
    {
        /// <summary>At most the split.</summary>
        AtMost = 0,

        /// <summary>Below the split.</summary>
        Below = 1,

        /// <summary>In the set.</summary>
        In = 6,
    }

    private readonly List<long> roots = [], features = [], lefts = [], leftsAreLeaves = [], rights = [], rightsAreLeaves = [],
        missing = [], targets = [];

    private readonly List<double> splits = [], weights = [], members = [];
    private readonly List<byte> modes = [];

    /// <summary>Adds a tree in preorder: a node's left child is the next one.</summary>
    /// <param name="target">The target that its leaves add to.</param>
    /// <param name="feature">The column of each node; negative for a leaf.</param>
    /// <param name="right">The right child of each node.</param>
    /// <param name="leaf">The number of a leaf.</param>
    /// <param name="split">Adds a split, as <see cref="Node"/> and <see cref="Set"/> do.</param>
    public void Tree(int target, EquatableArray<int> feature, EquatableArray<int> right, Func<int, double> leaf, Func<int, int> split)
    {
        if (feature.Count == 1)
        {
            Lone(target, leaf(0));
            return;
        }

        Begin();
        var parents = new (int Node, bool Left)[feature.Count];
        for (var node = 0; node < parents.Length; node++)
        {
            var isLeaf = feature[node] < 0;
            var made = isLeaf ? Leaf(target, leaf(node)) : split(node);
            if (node > 0) Child(parents[node].Node, parents[node].Left, made, isLeaf);
            if (isLeaf) continue;
            parents[node + 1] = (made, true);
            parents[right[node]] = (made, false);
        }
    }

    // Starts a tree; its root is the next node. A tree that is one leaf needs a node whose sides are both this leaf.
    private void Begin() => roots.Add(features.Count);

    /// <summary>Adds a node whose children are not known yet, and returns its number.</summary>
    public int Node(int feature, Mode mode, double split, bool missingLeft)
    {
        features.Add(feature);
        modes.Add((byte)mode);
        splits.Add(split);
        missing.Add(missingLeft ? 1 : 0);
        foreach (var list in new[] { lefts, leftsAreLeaves, rights, rightsAreLeaves }) list.Add(0);
        return features.Count - 1;
    }

    /// <summary>A node that asks whether a column's number is in a set. ONNX cannot read an empty set, which nothing is in.</summary>
    public int Set(int feature, IReadOnlyList<double> set, bool missingLeft)
    {
        if (set.Count == 0) return Node(feature, Mode.Below, double.NegativeInfinity, missingLeft);
        members.AddRange(set);
        members.Add(double.NaN);
        return Node(feature, Mode.In, 0, missingLeft);
    }

    // Adds a leaf and returns its number.
    private int Leaf(int target, double weight)
    {
        targets.Add(target);
        weights.Add(weight);
        return targets.Count - 1;
    }

    // Sets the child where the comparison holds, or the other.
    private void Child(int node, bool left, int child, bool isLeaf)
    {
        (left ? lefts : rights)[node] = child;
        (left ? leftsAreLeaves : rightsAreLeaves)[node] = isLeaf ? 1 : 0;
    }

    /// <summary>A tree that is one leaf.</summary>
    public void Lone(int target, double weight)
    {
        Begin();
        var node = Node(0, Mode.AtMost, 0, missingLeft: true);
        var leaf = Leaf(target, weight);
        Child(node, true, leaf, true);
        Child(node, false, leaf, true);
    }

    /// <summary>The sum of the leaves of each target, [N, targets].</summary>
    public Edge Sum(Edge x, int targets)
    {
        List<NodeAttribute> attributes =
        [
            NodeAttribute.Of("aggregate_function", 1), NodeAttribute.Of("leaf_targetids", this.targets),
            NodeAttribute.Of("leaf_weights", Tensor.Of([.. weights], weights.Count)), NodeAttribute.Of("n_targets", targets),
            NodeAttribute.Of("nodes_falseleafs", rightsAreLeaves), NodeAttribute.Of("nodes_falsenodeids", rights),
            NodeAttribute.Of("nodes_featureids", features), NodeAttribute.Of("nodes_missing_value_tracks_true", missing),
            NodeAttribute.Of("nodes_modes", Tensor.Of([.. modes], modes.Count)),
            NodeAttribute.Of("nodes_splits", Tensor.Of([.. splits], splits.Count)), NodeAttribute.Of("nodes_trueleafs", leftsAreLeaves),
            NodeAttribute.Of("nodes_truenodeids", lefts), NodeAttribute.Of("post_transform", 0L),
            NodeAttribute.Of("tree_roots", roots),
        ];
        if (members.Count > 0) attributes.Add(NodeAttribute.Of("membership_values", Tensor.Of([.. members], members.Count)));
        return new Operation("TreeEnsemble", [x], [.. attributes]) { Domain = Operation.MachineLearning }[0];
    }
}
