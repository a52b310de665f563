namespace FunctionalStack.Learners;

/// <summary>The nearest rows to some queries, nearest first. Ties go to the lower row.</summary>
/// <param name="Rows">Queries x k row indices.</param>
/// <param name="Distances">Queries x k distances.</param>
internal sealed record Neighbors(int[] Rows, double[] Distances)
{
    // The filter of NearestRows copies all rows first: three passes over them.
    private const int FewQueries = 2;

    private const int RowsAtOnce = 4;

    /// <summary>
    /// Uses a k-d tree for few columns and many rows, otherwise an exhaustive search. Both give the exact result. The choice
    /// depends on sizes only.
    /// </summary>
    /// <param name="metric">Euclidean, Manhattan or Chebyshev.</param>
    /// <param name="rows">count x columns, row-major.</param>
    /// <param name="count">The number of rows; at least <paramref name="k"/>.</param>
    /// <param name="queries">queryCount x columns, row-major.</param>
    /// <param name="queryCount">The number of queries.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="k">The number of neighbours per query.</param>
    public static Neighbors Find(Distance metric, ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> queries, int queryCount,
        int columns, int k) => metric switch
        {
            Distance.Euclidean => Euclidean(rows, count, queries, queryCount, columns, k),
            Distance.Manhattan => Find(new ManhattanTerms(), rows, count, queries, queryCount, columns, k),
            Distance.Chebyshev => Find(new ChebyshevTerms(), rows, count, queries, queryCount, columns, k),
            _ => throw new InvalidOperationException(),
        };

    private static Neighbors Euclidean(ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> queries, int queryCount, int columns,
        int k)
    {
        if (KdTree.Pays(count, queryCount, columns, vectorized: true))
            return KdTree.Find(new EuclideanTerms(), rows, count, queries, queryCount, columns, k);
        if (queryCount <= FewQueries) return EveryRow(new EuclideanTerms(), rows, count, queries, queryCount, columns, k);
        var (found, distances) = (new int[queryCount * k], new double[queryCount * k]);
        NearestRows.Find(rows, count, queries, queryCount, columns, k, found, distances);
        for (var i = 0; i < distances.Length; i++) distances[i] = Math.Sqrt(distances[i]);
        return new(found, distances);
    }

    private static Neighbors Find<T>(T terms, ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> queries, int queryCount,
        int columns, int k) where T : struct, IDistanceTerms =>
        KdTree.Pays(count, queryCount, columns, vectorized: false)
            ? KdTree.Find(terms, rows, count, queries, queryCount, columns, k)
            : EveryRow(terms, rows, count, queries, queryCount, columns, k);

    internal static Neighbors EveryRow<T>(T terms, ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> queries, int queryCount,
        int columns, int k) where T : struct, IDistanceTerms
    {
        var nearest = new Nearest(queryCount, k);
        for (var query = 0; query < queryCount; query++)
        {
            var asked = queries.Slice(query * columns, columns);
            var row = 0;
            for (; row + RowsAtOnce <= count; row += RowsAtOnce)
            {
                var (s0, s1, s2, s3) = Sums(terms, rows.Slice(row * columns, RowsAtOnce * columns), asked, nearest.Farthest(query));
                nearest.Offer(query, s0, row);
                nearest.Offer(query, s1, row + 1);
                nearest.Offer(query, s2, row + 2);
                nearest.Offer(query, s3, row + 3);
            }

            for (; row < count; row++)
            {
                var sum = 0.0;
                for (var c = 0; c < columns; c++) sum = terms.Join(sum, terms.Term(rows[row * columns + c] - asked[c]));
                nearest.Offer(query, sum, row);
            }
        }

        return nearest.Finish(terms);
    }

    // A sum alone would wait for each addition, and a branch for each column is often mispredicted. If all four sums exceed the
    // farthest so far, which they never fall below again, the other columns are left out.
    private static (double First, double Second, double Third, double Fourth) Sums<T>(T terms, ReadOnlySpan<double> rows,
        ReadOnlySpan<double> asked, double farthest) where T : struct, IDistanceTerms
    {
        var columns = asked.Length;
        var (r0, r1) = (0, columns);
        var (r2, r3) = (2 * columns, 3 * columns);
        var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0);
        for (var c = 0; c < columns && !(s0 > farthest && s1 > farthest && s2 > farthest && s3 > farthest);)
        {
            for (var end = Math.Min(c + 16, columns); c < end; c++)
            {
                var own = asked[c];
                s0 = terms.Join(s0, terms.Term(rows[r0 + c] - own));
                s1 = terms.Join(s1, terms.Term(rows[r1 + c] - own));
                s2 = terms.Join(s2, terms.Term(rows[r2 + c] - own));
                s3 = terms.Join(s3, terms.Term(rows[r3 + c] - own));
            }
        }

        return (s0, s1, s2, s3);
    }

    /// <summary>Rows scaled to unit length. Rows of zeros become a unit vector along an additional column.</summary>
    public static double[] Directions(ReadOnlySpan<double> rows, int count, int columns)
    {
        var directions = new double[count * (columns + 1)];
        for (var i = 0; i < count; i++)
        {
            var row = rows.Slice(i * columns, columns);
            var into = directions.AsSpan(i * (columns + 1), columns + 1);
            var (largest, sum) = (0.0, 0.0);
            foreach (var cell in row) largest = Math.Max(largest, Math.Abs(cell));
            if (largest == 0)
            {
                into[columns] = 1;
                continue;
            }

            foreach (var cell in row) sum += cell / largest * (cell / largest);
            for (var c = 0; c < columns; c++) into[c] = row[c] / largest / Math.Sqrt(sum);
        }

        return directions;
    }
}

/// <summary>The nearest rows so far of each query, sorted by unfinished distance, then by row.</summary>
internal sealed class Nearest(int queryCount, int k)
{
    private readonly int[] rows = new int[queryCount * k];
    private readonly double[] sums = new double[queryCount * k];
    private readonly int[] found = new int[queryCount];

    /// <summary>The limit above which a row is rejected.</summary>
    public double Farthest(int query) => found[query] < k ? double.PositiveInfinity : sums[query * k + k - 1];

    public void Offer(int query, double sum, int row) =>
        found[query] = Insert(rows.AsSpan(query * k, k), sums.AsSpan(query * k, k), found[query], sum, row);

    /// <summary>Inserts a row in the nearest rows of one query, if it is one of them.</summary>
    /// <param name="rows">The rows, sorted by distance, then by number.</param>
    /// <param name="sums">Their unfinished distances.</param>
    /// <param name="found">The number of rows so far.</param>
    /// <param name="sum">The unfinished distance of the new row.</param>
    /// <param name="row">The new row.</param>
    /// <returns>The number of rows now.</returns>
    public static int Insert(Span<int> rows, Span<double> sums, int found, double sum, int row)
    {
        if (found == rows.Length && !IsBefore(sum, row, sums[^1], rows[^1])) return found;
        var at = Math.Min(found, rows.Length - 1);
        for (; at > 0 && IsBefore(sum, row, sums[at - 1], rows[at - 1]); at--) (sums[at], rows[at]) = (sums[at - 1], rows[at - 1]);
        (sums[at], rows[at]) = (sum, row);
        return Math.Min(found + 1, rows.Length);
    }

    public Neighbors Finish<T>(T terms) where T : struct, IDistanceTerms => new(rows, Array.ConvertAll(sums, terms.Finish));

    private static bool IsBefore(double sum, int row, double otherSum, int otherRow) =>
        sum < otherSum || (sum == otherSum && row < otherRow);
}
