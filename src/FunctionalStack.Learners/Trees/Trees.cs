namespace FunctionalStack.Learners;

/// <summary>What a tree and a forest have in common once they are fitted.</summary>
internal static class Trees
{
    /// <summary>Rows that a tree is walked with before the next tree: they stay in the nearest cache, and so does the tree.</summary>
    private const int Block = 256;

    /// <summary>The mean of the trees' outputs, summed in their order.</summary>
    public static Prediction Predict(Frame frame, Values<string> columns, Values<string> levels, Values<Tree> trees)
    {
        var matrix = FeatureMatrix.ForPredict(frame, columns);
        var outputs = Math.Max(levels.Count, 1);
        var sums = new double[frame.RowCount * outputs];
        for (var start = 0; start < frame.RowCount; start += Block)
        {
            var rows = Math.Min(Block, frame.RowCount - start);
            var block = sums.AsSpan(start * outputs, rows * outputs);
            var cells = matrix.Cells.AsSpan(start * columns.Count, rows * columns.Count);
            foreach (var tree in trees.AsSpan()) tree.AddTo(cells, columns.Count, block, outputs);
            if (trees.Count == 1) continue;
            for (var i = 0; i < block.Length; i++) block[i] /= trees.Count;
        }

        return AsPrediction(levels, sums);
    }

    public static Prediction AsPrediction(Values<string> levels, double[] numbers) => levels.Count == 0
        ? new Prediction.Estimates(Values.Own(numbers))
        : new Prediction.Probabilities(levels, Values.Own(numbers));
}
