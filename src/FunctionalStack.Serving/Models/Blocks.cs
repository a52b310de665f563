using FunctionalStack.IO;

namespace FunctionalStack.Serving;

/// <summary>Predicts a large request in blocks, between which it can be cancelled, and which bound the memory of features and
/// pixels.</summary>
internal static class Blocks
{
    /// <summary>The predictions of all blocks, in order. Fails with the first block that fails.</summary>
    /// <param name="count">The number of rows or images, at least 1.</param>
    /// <param name="size">The most of a block.</param>
    /// <param name="predict">The predictions of the rows from the first argument on, as many as the second says.</param>
    /// <param name="cancellation">Checked before each block.</param>
    public static Outcome<Prediction> Predict(int count, int size, Func<int, int, Outcome<Prediction>> predict,
        CancellationToken cancellation)
    {
        var blocks = new List<Outcome<Prediction>>();
        for (var from = 0; from < count; from += size)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = predict(from, Math.Min(size, count - from));
            blocks.Add(block);
            if (block is Outcome<Prediction>.Fail) return block;
        }

        return blocks.Count == 1 ? blocks[0] : Joined(blocks, count);
    }

    private static Outcome<Prediction> Joined(List<Outcome<Prediction>> blocks, int rows)
    {
        var (pieces, from) = (new List<(EquatableArray<int>, Prediction)>(), 0);
        foreach (var block in blocks)
        {
            var own = block.OrThrow();
            pieces.Add((EquatableArray.From(Enumerable.Range(from, own.Count)), own));
            from += own.Count;
        }

        return new Outcome<Prediction>.Ok(Prediction.Assemble(pieces, EquatableArray.Range(rows)),
            BlockNotes.Merge(EquatableArray.From(blocks.Select(block => block.Notes)), rows));
    }
}
