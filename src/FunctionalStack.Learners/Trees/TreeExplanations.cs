namespace FunctionalStack.Learners;

/// <summary>Shapley values of trees and forests.</summary>
internal static class TreeExplanations
{
    /// <summary>The values of <paramref name="rows"/>. The cover of a node is the number of <paramref name="reference"/> rows that
    /// reach it.</summary>
    public static Outcome<ShapValues> Of(Frame rows, Frame reference, EquatableArray<string> columns, EquatableArray<string> levels,
        EquatableArray<Tree> trees) =>
        reference.RowCount == 0
        ? new Outcome<ShapValues>.Fail(Shap.NoReference)
        : from explained in FeatureMatrix.Of(rows, columns)
          from known in ReferenceEquals(rows, reference) ? Outcome.Ok(explained) : FeatureMatrix.Of(reference, columns)
          select Of(explained, known, levels, trees);

    private static ShapValues Of(FeatureMatrix rows, FeatureMatrix reference, EquatableArray<string> levels, EquatableArray<Tree> trees)
    {
        var (columns, outputs) = (rows.Names.Count, Math.Max(levels.Count, 1));
        var (start, cells) = (new double[outputs], new double[rows.RowCount * outputs * columns]);
        foreach (var tree in trees)
        {
            var (cover, depth) = (Cover(tree, reference), tree.Depth);
            for (var node = 0; node < tree.NodeCount; node++)
            {
                for (var k = 0; tree.Feature[node] < 0 && k < outputs; k++)
                    start[k] += cover[node] * tree.Outputs[tree.Right[node] * outputs + k] / cover[0];
            }

            for (var row = 0; row < rows.RowCount; row++)
            {
                TreeShap.AddTo(cells.AsSpan(row * outputs * columns, outputs * columns),
                    new Explained(tree, cover, rows.Cells, row * columns, columns, outputs), depth);
            }
        }

        for (var i = 0; i < start.Length; i++) start[i] /= trees.Count;
        for (var i = 0; i < cells.Length; i++) cells[i] /= trees.Count;
        return new(rows.Names, EquatableArray.Own(start), EquatableArray.Own(cells));
    }

    private static double[] Cover(Tree tree, FeatureMatrix rows)
    {
        var (cover, columns) = (new double[tree.NodeCount], rows.Names.Count);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var node = 0;
            cover[0]++;
            while (tree.Feature[node] >= 0)
            {
                node = rows.Cells[row * columns + tree.Feature[node]] <= tree.Threshold[node] ? node + 1 : tree.Right[node];
                cover[node]++;
            }
        }

        return cover;
    }

    private readonly struct Explained(Tree tree, double[] cover, double[] cells, int start, int columns, int outputs)
        : IExplainedTree
    {
        public int ColumnOf(int node) => tree.Feature[node];

        public int RightOf(int node) => tree.Right[node];

        public double CoverOf(int node) => cover[node];

        public bool GoesLeft(int node) => cells[start + tree.Feature[node]] <= tree.Threshold[node];

        public void AddLeaf(Span<double> values, int column, double share, int node)
        {
            for (var k = 0; k < outputs; k++) values[k * columns + column] += share * tree.Outputs[tree.Right[node] * outputs + k];
        }
    }
}
