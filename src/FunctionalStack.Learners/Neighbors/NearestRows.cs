using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Exact nearest rows by blocked exhaustive search. The result is that of the definition in double precision: squared differences summed in
/// column order, with ties going to the lower row.
/// </summary>
/// <remarks>
/// The speed comes from a conservative filter. In single precision, on centred and scaled copies x of the
/// query and y of the row, it computes |y|^2 - 2xy for 6 queries x 2 vectors of rows at a time: one fused multiply-add per
/// pair and column. By the bound on the rounding error of a dot product (Higham 2002, section 3.1), doubled, the error is at most
/// c(|x|^2 + |y|^2) with c = (columns + 16) 2^-23. The distance in double precision is computed only for rows that, within that bound,
/// may be closer than the K-th nearest so far.
/// </remarks>
internal sealed unsafe class NearestRows
{
    private const int QueriesAtOnce = 6;

    // 256 rows x 100 columns of floats stay in the second-level cache for all queries of a chunk.
    private const int TileRows = 256;

    // Bounds the packed copy of the queries. Each chunk packs every tile again: 1/3072 of the arithmetic.
    private const int ChunkQueries = 512 * QueriesAtOnce;

    // Queries with a larger squared norm are compared in double precision only, since single precision might overflow.
    private const double LargestNorm = 1e30;

    // An upper bound of the total underflow in the filter.
    private const double Underflow = 1e-36;

    private static readonly int Group = 2 * Vector<float>.Count;

    private readonly int columns;
    private readonly int k;
    private readonly double slack;
    private readonly UnitCopy copy;
    private readonly double[] norms;
    private readonly float[] limits;
    private readonly int[] found;
    private readonly double[] distances;

    private NearestRows(int queryCount, int columns, int k, UnitCopy copy)
    {
        (this.columns, this.k, this.copy) = (columns, k, copy);
        slack = (columns + 16) * Math.ScaleB(1, -23);
        norms = new double[queryCount];
        found = new int[queryCount];
        distances = new double[queryCount * k];
        limits = new float[Blocks(queryCount) * QueriesAtOnce];
        // The padding queries of the last block never have a candidate.
        Array.Fill(limits, float.NegativeInfinity);
        Array.Fill(limits, float.PositiveInfinity, 0, queryCount);
    }

    /// <summary>The <paramref name="k"/> nearest of <paramref name="count"/> rows to each query, nearest first.</summary>
    /// <param name="rows">count x columns, row-major.</param>
    /// <param name="count">The number of rows; at least <paramref name="k"/>.</param>
    /// <param name="queries">queryCount x columns, row-major.</param>
    /// <param name="queryCount">The number of queries.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="k">The number of neighbours per query.</param>
    /// <param name="nearest">Overwritten with queries x k row indices.</param>
    /// <param name="squares">Overwritten with their squared distances.</param>
    public static void Find(ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> queries, int queryCount, int columns, int k,
        Span<int> nearest, Span<double> squares)
    {
        var copy = UnitCopy.Of(rows, count, columns);
        for (var from = 0; from < queryCount; from += ChunkQueries)
        {
            var chunk = Math.Min(ChunkQueries, queryCount - from);
            var search = new NearestRows(chunk, columns, k, copy);
            search.Search(rows, count, queries.Slice(from * columns, chunk * columns), nearest.Slice(from * k, chunk * k));
            search.distances.CopyTo(squares[(from * k)..]);
        }
    }

    private static int Blocks(int queryCount) => (queryCount + QueriesAtOnce - 1) / QueriesAtOnce;

    private void Search(ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> queries, Span<int> nearest)
    {
        var blocks = Blocks(norms.Length);
        var packedQueries = new float[blocks * QueriesAtOnce * columns];
        for (var i = 0; i < norms.Length; i++)
        {
            var norm = copy.Pack(queries.Slice(i * columns, columns), packedQueries, i, QueriesAtOnce);
            norms[i] = norm < LargestNorm ? norm : double.NegativeInfinity;
        }

        var tile = new float[TileRows * columns];
        var offsets = new float[TileRows];
        var scores = stackalloc float[QueriesAtOnce * Group];
        fixed (double* rowCells = rows, queryCells = queries)
        fixed (float* queryFloats = packedQueries, tileFloats = tile, tileOffsets = offsets)
        {
            for (var first = 0; first < count; first += TileRows)
            {
                var inTile = Math.Min(TileRows, count - first);
                for (var r = 0; r < inTile; r++)
                    offsets[r] = (float)((1 - slack) * copy.Pack(rows.Slice((first + r) * columns, columns), tile, r, Group));
                for (var block = 0; block < blocks; block++)
                {
                    var query = block * QueriesAtOnce;
                    for (var g = 0; g < inTile; g += Group)
                    {
                        var candidates =
                            Score(tileFloats + g * columns, queryFloats + query * columns, columns, tileOffsets + g,
                                limits.AsSpan(query, QueriesAtOnce), scores);
                        for (; candidates != 0; candidates &= candidates - 1)
                        {
                            var q = BitOperations.TrailingZeroCount(candidates);
                            var here = new ReadOnlySpan<float>(scores + q * Group, Math.Min(Group, inTile - g));
                            Recheck(query + q, first + g, here, rowCells, queryCells, nearest);
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// The scores |y|^2 - 2xy of 6 queries against two vectors of rows. Returns a bit for each query with a score not above
    /// its limit. Only then are the scores written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Score(float* rows, float* queries, int columns, float* offsets, ReadOnlySpan<float> limits, float* scores)
    {
        var width = Vector<float>.Count;
        Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default;
        Vector<float> d0 = default, d1 = default, e0 = default, e1 = default, f0 = default, f1 = default;
        for (var c = 0; c < columns; c++)
        {
            var (y0, y1) = (Vector.Load(rows), Vector.Load(rows + width));
            var x = new Vector<float>(queries[0]);
            (a0, a1) = (Vector.MultiplyAddEstimate(x, y0, a0), Vector.MultiplyAddEstimate(x, y1, a1));
            x = new(queries[1]);
            (b0, b1) = (Vector.MultiplyAddEstimate(x, y0, b0), Vector.MultiplyAddEstimate(x, y1, b1));
            x = new(queries[2]);
            (c0, c1) = (Vector.MultiplyAddEstimate(x, y0, c0), Vector.MultiplyAddEstimate(x, y1, c1));
            x = new(queries[3]);
            (d0, d1) = (Vector.MultiplyAddEstimate(x, y0, d0), Vector.MultiplyAddEstimate(x, y1, d1));
            x = new(queries[4]);
            (e0, e1) = (Vector.MultiplyAddEstimate(x, y0, e0), Vector.MultiplyAddEstimate(x, y1, e1));
            x = new(queries[5]);
            (f0, f1) = (Vector.MultiplyAddEstimate(x, y0, f0), Vector.MultiplyAddEstimate(x, y1, f1));
            rows += 2 * width;
            queries += QueriesAtOnce;
        }

        var (o0, o1) = (Vector.Load(offsets), Vector.Load(offsets + width));
        var minusTwo = new Vector<float>(-2);
        (a0, a1) = (Vector.MultiplyAddEstimate(minusTwo, a0, o0), Vector.MultiplyAddEstimate(minusTwo, a1, o1));
        (b0, b1) = (Vector.MultiplyAddEstimate(minusTwo, b0, o0), Vector.MultiplyAddEstimate(minusTwo, b1, o1));
        (c0, c1) = (Vector.MultiplyAddEstimate(minusTwo, c0, o0), Vector.MultiplyAddEstimate(minusTwo, c1, o1));
        (d0, d1) = (Vector.MultiplyAddEstimate(minusTwo, d0, o0), Vector.MultiplyAddEstimate(minusTwo, d1, o1));
        (e0, e1) = (Vector.MultiplyAddEstimate(minusTwo, e0, o0), Vector.MultiplyAddEstimate(minusTwo, e1, o1));
        (f0, f1) = (Vector.MultiplyAddEstimate(minusTwo, f0, o0), Vector.MultiplyAddEstimate(minusTwo, f1, o1));

        var candidates = Any(a0, a1, limits[0]) | Any(b0, b1, limits[1]) << 1 | Any(c0, c1, limits[2]) << 2
            | Any(d0, d1, limits[3]) << 3 | Any(e0, e1, limits[4]) << 4 | Any(f0, f1, limits[5]) << 5;
        if (candidates == 0) return 0;
        Write(a0, a1, scores);
        Write(b0, b1, scores + 2 * width);
        Write(c0, c1, scores + 4 * width);
        Write(d0, d1, scores + 6 * width);
        Write(e0, e1, scores + 8 * width);
        Write(f0, f1, scores + 10 * width);
        return candidates;

        // Not above, rather than below: a score that overflowed to NaN must be checked.
        static int Any(Vector<float> low, Vector<float> high, float limit)
        {
            var bound = new Vector<float>(limit);
            return Vector.EqualsAll(Vector.GreaterThan(low, bound) & Vector.GreaterThan(high, bound), Vector<int>.AllBitsSet) ? 0 : 1;
        }

        static void Write(Vector<float> low, Vector<float> high, float* to)
        {
            Vector.Store(low, to);
            Vector.Store(high, to + Vector<float>.Count);
        }
    }

    /// <summary>Computes the double-precision distances of rows that may be neighbours of <paramref name="query"/>.</summary>
    private void Recheck(int query, int firstRow, ReadOnlySpan<float> scores, double* rows, double* queries, Span<int> nearest)
    {
        for (var r = 0; r < scores.Length; r++)
        {
            if (scores[r] > limits[query]) continue;
            var row = firstRow + r;
            var farthest = found[query] < k ? double.PositiveInfinity : distances[query * k + k - 1];
            var distance = SquaredDistance(rows + (long)row * columns, queries + (long)query * columns, columns, farthest);
            if (found[query] == k && !(distance < farthest)) continue;
            Insert(query, distance, row, nearest);
        }
    }

    private void Insert(int query, double distance, int row, Span<int> nearest)
    {
        // Rows come in ascending order, so a new one is inserted after equal distances.
        var mine = distances.AsSpan(query * k, k);
        var rows = nearest.Slice(query * k, k);
        var (low, high) = (0, found[query]);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (mine[middle] <= distance) low = middle + 1;
            else high = middle;
        }

        if (found[query] < k) found[query]++;
        var last = found[query] - 1;
        mine[low..last].CopyTo(mine[(low + 1)..]);
        rows[low..last].CopyTo(rows[(low + 1)..]);
        (mine[low], rows[low]) = (distance, row);
        if (last == k - 1)
        {
            var limit = mine[last] * copy.Scale * copy.Scale - (1 - slack) * norms[query] + Underflow;
            limits[query] = copy.Usable ? MathF.BitIncrement((float)limit) : float.PositiveInfinity;
        }
    }

    /// <summary>The sum in column order, or any number of at least <paramref name="enough"/> once the sum has reached it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SquaredDistance(double* row, double* query, int columns, double enough)
    {
        var sum = 0.0;
        var c = 0;
        while (c < columns && sum < enough)
        {
            for (var end = Math.Min(c + 16, columns); c < end; c++)
            {
                var difference = row[c] - query[c];
                sum += difference * difference;
            }
        }

        return sum;
    }
}
