using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>
/// Decision trees and forests: the mean of the leaves, in the library's order, bit for bit. A leaf of TreeEnsemble has one number. With
/// classes, this number is a row of a table of class shares, and leaves with the same shares have the same row.
/// </summary>
internal static class Forests
{
    public static Outcome<GraphPrediction> Tree(DecisionTreeModel model, GraphFrame rows, Scope scope) =>
        Write(model.Columns, model.Levels, [model.Tree], rows);

    public static Outcome<GraphPrediction> Forest(RandomForestModel model, GraphFrame rows, Scope scope) =>
        Write(model.Columns, model.Levels, model.Trees, rows);

    private static Outcome<GraphPrediction> Write(EquatableArray<string> columns, EquatableArray<string> levels, EquatableArray<Tree> trees,
        GraphFrame rows) => rows.Complete(columns).Map(x =>
        {
            var (nodes, leaves) = (new TreeNodes(), new LeafTable(levels.Count));
            for (var t = 0; t < trees.Count; t++) Add(nodes, leaves, trees[t], levels.Count == 0 ? 0 : t);
            var read = columns.Count == 0 ? rows.Zeros : x;
            var sum = levels.Count == 0 ? nodes.Sum(read, 1)
                : leaves.Table.Gather(nodes.Sum(read, trees.Count).Cast(ElementType.Int64)).SumOver(1, keep: false);
            return new GraphPrediction(levels, trees.Count == 1 ? sum : sum / (double)trees.Count);
        });

    private static void Add(TreeNodes nodes, LeafTable leaves, Tree tree, int target)
    {
        if (tree.NodeCount == 1)
        {
            nodes.Lone(target, leaves.NumberOf(tree, 0));
            return;
        }

        nodes.Begin();
        var parents = new (int Node, bool Left)[tree.NodeCount];
        for (var node = 0; node < tree.NodeCount; node++)
        {
            var isLeaf = tree.Feature[node] < 0;
            var made = isLeaf ? nodes.Leaf(target, leaves.NumberOf(tree, node))
                : nodes.Node(tree.Feature[node], TreeNodes.Mode.AtMost, tree.Threshold[node], missingLeft: false);
            if (node > 0) nodes.Child(parents[node].Node, parents[node].Left, made, isLeaf);
            if (isLeaf) continue;
            parents[node + 1] = (made, true);
            parents[tree.Right[node]] = (made, false);
        }
    }

    /// <summary>The distinct leaves of trees of classes. For numbers, a leaf is its number.</summary>
    private sealed class LeafTable(int classes)
    {
        private readonly Dictionary<EquatableArray<double>, int> rowOf = [];
        private readonly List<double> cells = [];

        public Edge Table => Arrays.Matrix([.. cells], classes);

        public double NumberOf(Tree tree, int leaf)
        {
            if (classes == 0) return tree.Outputs[tree.Right[leaf]];
            var shares = EquatableArray.Copy(tree.Outputs.AsSpan().Slice(tree.Right[leaf] * classes, classes));
            if (!rowOf.TryGetValue(shares, out var row))
            {
                rowOf[shares] = row = rowOf.Count;
                cells.AddRange(shares.AsSpan());
            }

            return row;
        }
    }
}
