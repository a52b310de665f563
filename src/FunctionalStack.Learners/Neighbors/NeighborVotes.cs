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
        var (count, wanted) = (weights.Count, (int)Math.Min(k + (long)Beyond, weights.Count));
        if (metric == Distance.Cosine)
        {
            var (from, to) = (Neighbors.Directions(rows.AsSpan(), count, columns), Neighbors.Directions(queries, queryCount, columns));
            var votes = Of(Distance.Euclidean, p, EquatableArray.Own(from), weights, to, queryCount, columns + 1, k);
            // 1 - cosine is half the squared distance of unit vectors.
            for (var i = 0; i < votes.Distances.Length; i++) votes.Distances[i] *= 0.5 * votes.Distances[i];
            return votes;
        }

        NearestScan? scan = null;
        var take = new Taking(weights, k);
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
                    if (take.Voters(near, away)) continue;
                    if (take.IsEnough(near)) limit = away[^1];
                }
            }

            var nearby = (scan ??= new(metric, p, rows, columns, count)).Within(limit, asked);
            take.Voters(nearby.Rows, nearby.Distances, areAll: true);
        }

        return take.Done();
    }

    private sealed class Taking(EquatableArray<double> weights, int k)
    {
        private readonly List<int> rows = [];
        private readonly List<double> distances = [];
        private readonly List<double> votes = [];
        private readonly List<int> ends = [];

        /// <summary>Whether these candidates have enough weight.</summary>
        public bool IsEnough(ReadOnlySpan<int> candidates)
        {
            var sum = 0.0;
            foreach (var row in candidates) sum += weights[row];
            return sum >= k * (1 - Rounding);
        }

        /// <summary>
        /// Selects the neighbours among these candidates, nearest first. Returns false, and selects none, if their weight is not enough or
        /// if other rows may be as close as the last neighbour.
        /// </summary>
        public bool Voters(ReadOnlySpan<int> candidates, ReadOnlySpan<double> away, bool areAll = false)
        {
            areAll |= candidates.Length == weights.Count;
            var (before, from, sum) = (rows.Count, 0, 0.0);
            while (from < candidates.Length && sum < k * (1 - Rounding))
            {
                var (to, mass) = (from + 1, weights[candidates[from]]);
                for (; to < candidates.Length && away[to] <= away[from] * Tie; to++) mass += weights[candidates[to]];
                if (to == candidates.Length && !areAll) break;
                var share = sum + mass <= k * (1 + Rounding) ? 1 : (k - sum) / mass;
                for (var at = from; at < to; at++)
                {
                    rows.Add(candidates[at]);
                    distances.Add(away[at]);
                    votes.Add(share * weights[candidates[at]]);
                }

                (sum, from) = (sum + mass, to);
            }

            if (areAll || sum >= k * (1 - Rounding))
            {
                ends.Add(rows.Count);
                return true;
            }

            rows.RemoveRange(before, rows.Count - before);
            distances.RemoveRange(before, distances.Count - before);
            votes.RemoveRange(before, votes.Count - before);
            return false;
        }

        public NeighborVotes Done() => new([.. rows], [.. distances], [.. votes], [.. ends]);
    }
}
