namespace FunctionalStack.Learners;

/// <summary>Adds the predictions of trees to scores, block by block, or row by row for few rows or deep trees. The results are
/// bit-identical.</summary>
internal static class BoostedTrees
{
    /// <summary>The number of rows per parallel part.</summary>
    private const int Part = 64 * TreeBlocks.Rows;

    /// <summary>Adds a tree's values, times a power of two, to the scores of the first <paramref name="rows"/> rows.</summary>
    public static void AddTo(double[] scores, BoostedTree tree, EquatableArray<BoostedColumn> columns, byte[][] codes, int rows,
        double factor, WorkSharing work)
    {
        var blocks = tree.Depth > TreeBlocks.MostDepth || codes.Length == 0 ? null : new TreeBlocks(tree, columns);
        work.Run((rows + Part - 1) / Part, part =>
        {
            var (start, end) = (part * Part, Math.Min((part + 1) * Part, rows));
            if (blocks is not null) AddBlocks(scores, blocks, codes, start, end, factor);
            else for (var row = start; row < end; row++) scores[row] += ValueOf(tree, columns, codes, row) * factor;
        });
    }

    private static unsafe void AddBlocks(double[] scores, TreeBlocks blocks, byte[][] codes, int start, int end, double factor)
    {
        var room = stackalloc ulong[TreeBlocks.RoomFor];
        var places = new byte*[codes.Length];
        fixed (byte** place = places)
        fixed (double* score = scores)
        {
            Places(codes, place);
            for (var row = start; row < end; row += TreeBlocks.Rows) blocks.AddTo(place, row, score + row, Named(end - row), factor, room);
        }

        GC.KeepAlive(codes);
    }

    /// <summary>Rows x outputs, row-major.</summary>
    public static double[] Scores(GradientBoostingModel model, byte[][] codes, int rows)
    {
        var (outputs, scores) = (model.Outputs, new double[rows * model.Outputs]);
        for (var row = 0; row < rows; row++) model.Base.AsSpan().CopyTo(scores.AsSpan(row * outputs));
        if (model.Trees.Count == 0) return scores;
        if (rows >= TreeBlocks.Rows && codes.Length > 0)
        {
            ScoreBlocks(model, codes, rows, scores);
            return scores;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var t = 0; t < model.Trees.Count; t++)
                scores[row * outputs + t % outputs] += ValueOf(model.Trees[t], model.Columns, codes, row);
        }

        return scores;
    }

    private static unsafe void ScoreBlocks(GradientBoostingModel model, byte[][] codes, int rows, double[] scores)
    {
        var outputs = model.Outputs;
        var trees = model.Trees.Select(tree => tree.Depth > TreeBlocks.MostDepth ? null : new TreeBlocks(tree, model.Columns)).ToArray();
        var room = stackalloc ulong[TreeBlocks.RoomFor];
        var places = new byte*[codes.Length];
        var ofBlock = new double[outputs * TreeBlocks.Rows];
        fixed (byte** place = places)
        fixed (double* score = ofBlock)
        {
            Places(codes, place);
            for (var start = 0; start < rows; start += TreeBlocks.Rows)
            {
                var count = Math.Min(TreeBlocks.Rows, rows - start);
                for (var output = 0; output < outputs; output++)
                    new Span<double>(score + output * TreeBlocks.Rows, TreeBlocks.Rows).Fill(model.Base[output]);
                for (var (t, output) = (0, 0); t < trees.Length; t++)
                {
                    var into = score + output * TreeBlocks.Rows;
                    if (trees[t] is { } tree) tree.AddTo(place, start, into, ulong.MaxValue, 1, room);
                    else for (var row = 0; row < count; row++) into[row] += ValueOf(model.Trees[t], model.Columns, codes, start + row);
                    if (++output == outputs) output = 0;
                }

                for (var row = 0; row < count; row++)
                {
                    for (var output = 0; output < outputs; output++)
                        scores[(start + row) * outputs + output] = score[output * TreeBlocks.Rows + row];
                }
            }
        }

        GC.KeepAlive(codes);
    }

    // The code arrays are allocated pinned.
    private static unsafe void Places(byte[][] codes, byte** places)
    {
        for (var c = 0; c < codes.Length; c++)
            places[c] =
                (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(
                    ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(codes[c]));
    }

    /// <summary>A bit for each of the rows left, up to a block.</summary>
    private static ulong Named(int left) => left < TreeBlocks.Rows ? (1UL << left) - 1 : ulong.MaxValue;

    private static double ValueOf(BoostedTree tree, EquatableArray<BoostedColumn> columns, byte[][] codes, int row)
    {
        var node = 0;
        for (var column = tree.Feature[0]; column >= 0; column = tree.Feature[node])
        {
            node = tree.GoesLeft(node, codes[column][row], columns[column].IsCategorical) ? node + 1 : tree.Right[node];
        }

        return tree.Value[node];
    }
}
