namespace FunctionalStack.Learners;

/// <summary>Helpers shared by fitted trees and forests.</summary>
internal static class Trees
{
    /// <summary>The number of rows processed per tree before the next tree. A tree is arranged once for all of them
    /// (<see cref="TreeWalk"/>), which takes as long as walking it with a thousand rows.</summary>
    private const int BlockRows = 1 << 14;

    /// <summary>The number of splits on the longest path from root to leaf of a tree in preorder.</summary>
    /// <param name="feature">The column of each node; negative for a leaf.</param>
    /// <param name="right">The right child of each node.</param>
    public static int Depth(EquatableArray<int> feature, EquatableArray<int> right)
    {
        var (deepest, depths) = (0, new int[feature.Count]);
        for (var node = 0; node < depths.Length; node++)
        {
            deepest = Math.Max(deepest, depths[node]);
            if (feature[node] < 0) continue;
            depths[node + 1] = depths[node] + 1;
            depths[right[node]] = depths[node] + 1;
        }

        return deepest;
    }

    /// <summary>The mean of the trees' outputs, summed in their order.</summary>
    public static Outcome<Prediction> Predict(Frame frame, EquatableArray<string> columns, EquatableArray<string> levels,
        EquatableArray<Tree> trees) =>
        FeatureMatrix.Of(frame, columns).Map(matrix => Predict(matrix, levels, trees));

    /// <inheritdoc cref="Predict(Frame, EquatableArray{string}, EquatableArray{string}, EquatableArray{Tree})"/>
    public static Prediction Predict(FeatureMatrix matrix, EquatableArray<string> levels, EquatableArray<Tree> trees)
    {
        var columns = matrix.Names;
        var outputs = Math.Max(levels.Count, 1);
        var sums = new double[matrix.RowCount * outputs];
        for (var start = 0; start < matrix.RowCount; start += BlockRows)
        {
            var rows = Math.Min(BlockRows, matrix.RowCount - start);
            var block = sums.AsSpan(start * outputs, rows * outputs);
            var cells = matrix.Cells.AsSpan(start * columns.Count, rows * columns.Count);
            foreach (var tree in trees.AsSpan()) tree.AddTo(cells, columns.Count, block, outputs);
            if (trees.Count == 1) continue;
            for (var i = 0; i < block.Length; i++) block[i] /= trees.Count;
        }

        return AsPrediction(levels, sums);
    }

    public static double ImportanceOf(string column, EquatableArray<string> columns, EquatableArray<double> importances) =>
        columns.AsSpan().IndexOf(column) is var at and >= 0
        ? importances[at]
        : throw new KeyNotFoundException($"no column is named '{column}'");

    public static Prediction AsPrediction(EquatableArray<string> levels, double[] numbers) => levels.Count == 0
        ? new Prediction.Numeric(EquatableArray.Own(numbers))
        : new Prediction.Probabilities(levels, EquatableArray.Own(numbers));
}
