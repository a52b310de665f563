namespace FunctionalStack.Learners;

/// <summary>Adds what trees say to scores: block by block, or row by row where rows are few or a tree is deep, to the same bits.</summary>
internal static class BoostedTrees
{
    /// <summary>A bit for each row, 64 a word.</summary>
    public static ulong[] All(int rows)
    {
        var bits = new ulong[(rows + TreeBlocks.Rows - 1) / TreeBlocks.Rows];
        for (var block = 0; block < bits.Length; block++) bits[block] = Named(rows, block);
        return bits;
    }

    /// <summary>Adds a tree's values, times a power of two, to the scores of the rows whose bits are set.</summary>
    public static unsafe void AddTo(double[] scores, BoostedTree tree, Values<BoostedColumn> columns, byte[][] codes, ulong[] rows, double factor)
    {
        if (tree.Depth > TreeBlocks.MostDepth || codes.Length == 0)
        {
            for (var row = 0; row < scores.Length; row++)
            {
                if ((rows[row / TreeBlocks.Rows] >> row & 1) != 0) scores[row] += ValueOf(tree, columns, codes, row) * factor;
            }

            return;
        }

        var blocks = new TreeBlocks(tree, columns);
        var room = stackalloc ulong[TreeBlocks.RoomFor];
        var places = stackalloc byte*[codes.Length];
        Places(codes, places);
        fixed (double* score = scores)
        {
            for (var block = 0; block < rows.Length; block++)
            {
                if (rows[block] != 0) blocks.AddTo(places, block * TreeBlocks.Rows, score + block * TreeBlocks.Rows, rows[block], factor, room);
            }
        }

        GC.KeepAlive(codes);
    }

    /// <summary>Rows x outputs.</summary>
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
            for (var t = 0; t < model.Trees.Count; t++) scores[row * outputs + t % outputs] += ValueOf(model.Trees[t], model.Columns, codes, row);
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
                for (var output = 0; output < outputs; output++) new Span<double>(score + output * TreeBlocks.Rows, TreeBlocks.Rows).Fill(model.Base[output]);
                for (var (t, output) = (0, 0); t < trees.Length; t++)
                {
                    var into = score + output * TreeBlocks.Rows;
                    if (trees[t] is { } tree) tree.AddTo(place, start, into, ulong.MaxValue, 1, room);
                    else for (var row = 0; row < count; row++) into[row] += ValueOf(model.Trees[t], model.Columns, codes, start + row);
                    if (++output == outputs) output = 0;
                }

                for (var row = 0; row < count; row++)
                {
                    for (var output = 0; output < outputs; output++) scores[(start + row) * outputs + output] = score[output * TreeBlocks.Rows + row];
                }
            }
        }

        GC.KeepAlive(codes);
    }

    // Codes are pinned when they are made.
    private static unsafe void Places(byte[][] codes, byte** places)
    {
        for (var c = 0; c < codes.Length; c++) places[c] = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(codes[c]));
    }

    private static ulong Named(int rows, int block) => rows - block * TreeBlocks.Rows is var left and < TreeBlocks.Rows ? (1UL << left) - 1 : ulong.MaxValue;

    private static double ValueOf(BoostedTree tree, Values<BoostedColumn> columns, byte[][] codes, int row)
    {
        var node = 0;
        for (var column = tree.Feature[0]; column >= 0; column = tree.Feature[node])
        {
            node = tree.GoesLeft(node, codes[column][row], columns[column].IsCategorical) ? node + 1 : tree.Right[node];
        }

        return tree.Value[node];
    }
}
