using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// The predictions of k-nearest neighbours for single rows. Distances of sixteen training rows are computed at a time, from a copy of
/// the training rows by columns. Each sum has its terms in the same order as in <see cref="Neighbors"/>.
/// </summary>
internal sealed class NeighborsOfRow : RowFunction
{
    private const int Together = 16;

    // The sums are compared with the farthest neighbour once every so many columns.
    private const int ColumnsAtOnce = 8;

    // Rows of whole numbers and categories often tie: so many times more rows are searched if the neighbours are not certain.
    private const int ForTies = 6;

    private readonly KNearestNeighborsModel model;
    private readonly int[] places;
    private readonly double[] blocks;
    private readonly int few;
    private readonly int many;

    private NeighborsOfRow(KNearestNeighborsModel model, int[] places)
    {
        (this.model, this.places) = (model, places);
        few = NeighborVotes.Wanted(model.K, model.Target.Count);
        many = (int)Math.Min(ForTies * (long)few, model.Target.Count);
        blocks = Blocks(model.Cells.AsSpan(), model.Target.Count, places.Length);
    }

    /// <summary>The function for rows with these columns; null if there is none.</summary>
    public static NeighborsOfRow? For(Frame columns, KNearestNeighborsModel model) =>
        model.Metric == Distance.Euclidean && columns.NumericPlaces(model.Columns) is { } places
            ? new(model, places)
            : null;

    /// <inheritdoc/>
    public override int Count => model.Width;

    // The row; distances, rows and votes of the nearest.
    /// <inheritdoc/>
    public override int Scratch => places.Length + 2 * many + Rowwise.CellsOf<int>(many);

    /// <inheritdoc/>
    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        var asked = scratch[..places.Length];
        if (!row.GatherFinite(places, asked)) return false;
        if (!Vote(few, asked, results, scratch[places.Length..]) && !Vote(many, asked, results, scratch[places.Length..]))
            model.Results(asked, 1).CopyTo(results);
        return true;
    }

    /// <summary>Predicts from so many nearest rows. Returns false if the neighbours are not certain from them.</summary>
    private bool Vote(int wanted, ReadOnlySpan<double> asked, Span<double> results, Span<double> scratch)
    {
        var away = scratch[..wanted];
        var votes = scratch.Slice(wanted, wanted);
        var near = MemoryMarshal.Cast<double, int>(scratch[(2 * wanted)..])[..wanted];
        Search(asked, near, away);
        foreach (ref var distance in away) distance = Math.Sqrt(distance);
        if (!NearestScan.IsSafe(model.Cells.AsSpan(), near, away, asked)) return false;
        var count = NeighborVotes.Count(near, away, model.Weights.AsSpan(), model.K, areAll: false, votes);
        if (count < 0) return false;
        model.Vote(near[..count], away[..count], votes[..count], results);
        return true;
    }

    /// <summary>The nearest rows, nearest first, and their squared distances. Ties go to the lower row.</summary>
    private void Search(ReadOnlySpan<double> asked, Span<int> near, Span<double> away)
    {
        Span<double> sums = stackalloc double[Together];
        var (found, rows) = (0, model.Target.Count);
        for (var first = 0; first < rows; first += Together)
        {
            var farthest = found < near.Length ? double.PositiveInfinity : away[^1];
            if (!Sums(blocks.AsSpan(first * asked.Length, Together * asked.Length), asked, farthest, sums)) continue;
            var end = Math.Min(Together, rows - first);
            for (var r = 0; r < end; r++) found = Nearest.Insert(near, away, found, sums[r], first + r);
        }
    }

    /// <summary>The squared distances of one block of rows. Returns false if all of them exceed <paramref name="farthest"/>.</summary>
    private static bool Sums(ReadOnlySpan<double> block, ReadOnlySpan<double> asked, double farthest, Span<double> sums)
    {
        var limit = Vector256.Create(farthest);
        ref var cells = ref MemoryMarshal.GetReference(block);
        var (s0, s1, s2, s3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (var c = 0; c < asked.Length;)
        {
            for (var end = Math.Min(c + ColumnsAtOnce, asked.Length); c < end; c++)
            {
                var own = Vector256.Create(asked[c]);
                ref var column = ref Unsafe.Add(ref cells, c * Together);
                var d0 = Vector256.LoadUnsafe(ref column, 0) - own;
                var d1 = Vector256.LoadUnsafe(ref column, 4) - own;
                var d2 = Vector256.LoadUnsafe(ref column, 8) - own;
                var d3 = Vector256.LoadUnsafe(ref column, 12) - own;
                (s0, s1, s2, s3) = (s0 + d0 * d0, s1 + d1 * d1, s2 + d2 * d2, s3 + d3 * d3);
            }

            if (Vector256.GreaterThanAll(Vector256.Min(Vector256.Min(s0, s1), Vector256.Min(s2, s3)), limit)) return false;
        }

        s0.CopyTo(sums);
        s1.CopyTo(sums[4..]);
        s2.CopyTo(sums[8..]);
        s3.CopyTo(sums[12..]);
        return true;
    }

    /// <summary>The rows in blocks of sixteen, by columns within each. The last block is filled with zeros.</summary>
    private static double[] Blocks(ReadOnlySpan<double> cells, int rows, int columns)
    {
        var blocks = new double[(rows + Together - 1) / Together * Together * columns];
        for (var row = 0; row < rows; row++)
        {
            var start = row / Together * Together * columns + row % Together;
            for (var c = 0; c < columns; c++) blocks[start + c * Together] = cells[row * columns + c];
        }

        return blocks;
    }
}
