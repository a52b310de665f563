namespace FunctionalStack.Learners;

/// <summary>
/// The neighbours of each query and their weights: the nearest training rows, until their weights sum to K. Rows at equal distance,
/// up to rounding, share the remaining weight in proportion to their weights, so that their order does not matter.
/// </summary>
/// <param name="Rows">The neighbours of all queries, query by query, nearest first.</param>
/// <param name="Distances">Their distances, in one unit per query.</param>
/// <param name="Weights">Their weights. Those of a query sum to K, or to the weight of all rows if that is less.</param>
/// <param name="Ends">The end of each query's neighbours (exclusive).</param>
internal sealed record NeighborVotes(int[] Rows, double[] Distances, double[] Weights, int[] Ends)
{
    // More than K are searched, so that most ties at the K-th distance are found completely.
    private const int Beyond = 4;

    // The maximum number of neighbours per batch of queries: 48 MB, and far below the limit of an index.
    private const int MostFound = 1 << 22;

    // Preprocessing sums rows in their order, which changes distances by rounding.
    internal const double Tie = 1 + 1e-12;

    // Weights of mean 1 sum to the number of rows only up to rounding.
    internal const double Rounding = 1e-9;

    /// <summary>The largest K that the summed weights allow.</summary>
    public static int Most(EquatableArray<double> weights) => (int)Math.Min(int.MaxValue, Math.Floor(weights.Sum() * (1 + Rounding)));

    /// <summary>The number of nearest rows that are searched for K neighbours.</summary>
    public static int Wanted(int k, int count) => (int)Math.Min(k + (long)Beyond, count);

    /// <summary>The neighbours of some queries.</summary>
    /// <param name="metric">The distance.</param>
    /// <param name="p">The exponent of the Minkowski distance.</param>
    /// <param name="rows">Rows x columns, row-major.</param>
    /// <param name="weights">One positive weight per row; at least one row.</param>
    /// <param name="queries">queryCount x columns, row-major.</param>
    /// <param name="queryCount">The number of queries.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="k">The summed weight of a query's neighbours.</param>
    public static NeighborVotes Of(Distance metric, double p, EquatableArray<double> rows, EquatableArray<double> weights,
        ReadOnlySpan<double> queries, int queryCount, int columns, int k)
    {
        var (count, wanted) = (weights.Count, Wanted(k, weights.Count));
        if (metric == Distance.Cosine)
        {
            var (from, to) = (Neighbors.Directions(rows.AsSpan(), count, columns), Neighbors.Directions(queries, queryCount, columns));
            var votes = Of(Distance.Euclidean, p, EquatableArray.Own(from), weights, to, queryCount, columns + 1, k);
            // 1 - cosine is half the squared distance of unit vectors.
            for (var i = 0; i < votes.Distances.Length; i++) votes.Distances[i] *= 0.5 * votes.Distances[i];
            return votes;
        }

        NearestScan? scan = null;
        var take = new Taking(weights.AsSpan(), k);
        Neighbors? found = null;
        var together = Math.Max(1, MostFound / wanted);
        for (var query = 0; query < queryCount; query++)
        {
            var asked = queries.Slice(query * columns, columns);
            var limit = double.PositiveInfinity;
            var at = query % together;
            if (at == 0 && !NearestScan.IsNeeded(metric))
            {
                var chunk = Math.Min(together, queryCount - query);
                found = Neighbors.Find(metric, rows.AsSpan(), count, queries.Slice(query * columns, chunk * columns), chunk, columns,
                    wanted);
            }

            if (found is not null)
            {
                ReadOnlySpan<int> near = found.Rows.AsSpan(at * wanted, wanted);
                ReadOnlySpan<double> away = found.Distances.AsSpan(at * wanted, wanted);
                if (NearestScan.IsSafe(rows.AsSpan(), near, away, asked))
                {
                    if (take.Add(near, away)) continue;
                    if (IsEnough(near, weights.AsSpan(), k)) limit = away[^1];
                }
            }

            var nearby = (scan ??= new(metric, p, rows, columns, count)).Within(limit, asked);
            take.Add(nearby.Rows, nearby.Distances, areAll: true);
        }

        return take.Done();
    }

    /// <summary>Whether these candidates have enough weight.</summary>
    public static bool IsEnough(ReadOnlySpan<int> candidates, ReadOnlySpan<double> weights, int k)
    {
        var sum = 0.0;
        foreach (var row in candidates) sum += weights[row];
        return sum >= k * (1 - Rounding);
    }

    /// <summary>
    /// Computes how many of these candidates are neighbours, and their weights. -1 if their weight is not enough, or if other rows may be
    /// as close as the last neighbour.
    /// </summary>
    /// <param name="candidates">Rows, nearest first.</param>
    /// <param name="away">Their distances.</param>
    /// <param name="weights">The weights of all rows.</param>
    /// <param name="k">The summed weight of the neighbours.</param>
    /// <param name="areAll">Whether no other row can be a neighbour.</param>
    /// <param name="votes">One cell per candidate. The weights of the neighbours are written to the first.</param>
    public static int Count(ReadOnlySpan<int> candidates, ReadOnlySpan<double> away, ReadOnlySpan<double> weights, int k, bool areAll,
        Span<double> votes)
    {
        areAll |= candidates.Length == weights.Length;
        var (from, sum) = (0, 0.0);
        while (from < candidates.Length && sum < k * (1 - Rounding))
        {
            var (to, mass) = (from + 1, weights[candidates[from]]);
            for (; to < candidates.Length && away[to] <= away[from] * Tie; to++) mass += weights[candidates[to]];
            if (to == candidates.Length && !areAll) break;
            var share = sum + mass <= k * (1 + Rounding) ? 1 : (k - sum) / mass;
            for (var at = from; at < to; at++) votes[at] = share * weights[candidates[at]];
            (sum, from) = (sum + mass, to);
        }

        return areAll || sum >= k * (1 - Rounding) ? from : -1;
    }

    private ref struct Taking(ReadOnlySpan<double> weights, int k)
    {
        private readonly ReadOnlySpan<double> weights = weights;
        private readonly List<int> rows = [];
        private readonly List<double> distances = [];
        private readonly List<double> votes = [];
        private readonly List<int> ends = [];
        private double[] own = [];

        /// <summary>Adds the neighbours among these candidates. Returns false, and adds none, if they cannot be told.</summary>
        public bool Add(ReadOnlySpan<int> candidates, ReadOnlySpan<double> away, bool areAll = false)
        {
            if (own.Length < candidates.Length) own = new double[candidates.Length];
            var count = Count(candidates, away, weights, k, areAll, own);
            if (count < 0) return false;
            rows.AddRange(candidates[..count]);
            distances.AddRange(away[..count]);
            votes.AddRange(own.AsSpan(0, count));
            ends.Add(rows.Count);
            return true;
        }

        public readonly NeighborVotes Done() => new([.. rows], [.. distances], [.. votes], [.. ends]);
    }
}
