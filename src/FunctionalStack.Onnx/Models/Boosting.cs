using FunctionalStack.Learners;

namespace FunctionalStack.Onnx;

/// <summary>Boosted trees. The initial scores are trees of one leaf, before the others, so that sums are rounded as in the
/// library.</summary>
internal static class Boosting
{
    public static Outcome<GraphPrediction> Write(GradientBoostingModel model, GraphFrame rows, Scope scope) =>
        Outcome.All(model.Columns.Select(column => Read(column, rows))).Map(columns =>
        {
            var nodes = new TreeNodes();
            for (var output = 0; output < model.Outputs; output++) nodes.Lone(output, model.Base[output]);
            for (var t = 0; t < model.Trees.Count; t++)
            {
                var tree = model.Trees[t];
                nodes.Tree(t % model.Outputs, tree.Feature, tree.Right, node => tree.Value[node],
                    node => Split(nodes, tree, node, model.Columns[tree.Feature[node]]));
            }

            var scores = nodes.Sum(columns.Count == 0 ? rows.Zeros : Joined(columns), model.Outputs);
            return new GraphPrediction(model.Levels, Predict(model, scores));
        });

    private static Edge Predict(GradientBoostingModel model, Edge scores)
    {
        if (model.Levels.Count == 0)
            return model.Objective == BoostingObjective.Poisson ? scores.AtMost(GradientBoostingModel.GreatestScore).Exp() : scores;
        var probabilities = model.Present.Count switch
        {
            1 => scores * 0.0 + 1.0,
            2 when scores.Logistic() is var second => Arrays.Concat(1, [1.0 - second, second]),
            _ => scores.Softmax(),
        };
        return probabilities.Spread(model.Present, model.Levels.Count);
    }

    // Code c of a number: all thresholds below it, c - 1 of them. Code 0 holds missing values only.
    private static int Split(TreeNodes nodes, BoostedTree tree, int node, BoostedColumn column)
    {
        var (feature, code, missingLeft) = (tree.Feature[node], tree.Code[node], tree.MissingLeft[node] != 0);
        if (column.IsCategorical)
        {
            var set = Enumerable.Range(1, column.Levels.Count).Where(level => tree.GoesLeft(node, level, categorical: true));
            return nodes.Set(feature, [.. set.Select(level => (double)level)], missingLeft);
        }

        return code < 1 ? nodes.Node(feature, TreeNodes.Mode.Below, double.NegativeInfinity, missingLeft)
            : nodes.Node(feature, TreeNodes.Mode.AtMost,
                code > column.Thresholds.Count ? double.PositiveInfinity : column.Thresholds[code - 1], missingLeft);
    }

    // Levels as codes from 1 on; unseen ones are missing.
    private static Outcome<(Edge? Encoded, GraphColumn.Number? Number)> Read(BoostedColumn column, GraphFrame rows)
    {
        if (!column.IsCategorical)
        {
            return rows.Numbers([column.Name]).Map(_ => ((Edge?)null, (GraphColumn.Number?)rows.Find(column.Name)));
        }

        return rows.Words(column.Name).Map(words => ((Edge?)new Operation("LabelEncoder", [words],
            NodeAttribute.Of("keys_strings", column.Levels.Append("")),
            NodeAttribute.Of("values_floats", [.. Enumerable.Range(1, column.Levels.Count).Select(code => (float)code), float.NaN]),
            NodeAttribute.Of("default_float", float.NaN))
        { Domain = Operation.MachineLearning }[0].Cast(ElementType.Double), (GraphColumn.Number?)null));
    }

    private static Edge Joined(EquatableArray<(Edge? Encoded, GraphColumn.Number? Number)> columns)
    {
        var frame = new GraphFrame(0.0, EquatableArray.From(columns.Select((column, at) => column.Encoded is { } encoded
            ? new GraphColumn.Number($"{at}", new NumberBlock(encoded, 1), 0) : column.Number! with { Name = $"{at}" })
            .Select(column => (GraphColumn)column)));
        return frame.Numbers(EquatableArray.From(frame.Columns.Select(column => column.Name))).OrThrow();
    }
}
