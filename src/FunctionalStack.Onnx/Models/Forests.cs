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
            for (var t = 0; t < trees.Count; t++)
            {
                var tree = trees[t];
                nodes.Tree(levels.Count == 0 ? 0 : t, tree.Feature, tree.Right, node => leaves.NumberOf(tree, node),
                    node => nodes.Node(tree.Feature[node], TreeNodes.Mode.AtMost, tree.Threshold[node], missingLeft: false));
            }

            var read = columns.Count == 0 ? rows.Zeros : x;
            var sum = levels.Count == 0 ? nodes.Sum(read, 1)
                : leaves.Table.Gather(nodes.Sum(read, trees.Count).Cast(ElementType.Int64)).SumOver(1, keep: false);
            return new GraphPrediction(levels, trees.Count == 1 ? sum : sum / (double)trees.Count);
        });

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
