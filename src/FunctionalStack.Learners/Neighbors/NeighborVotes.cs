namespace FunctionalStack.Learners;

/// <summary>
/// Which training rows vote on each query, and with what weight: the nearest, until their weights sum to K. Rows equally far,
/// but for rounding, share what is left in proportion to their weights, so that their order does not matter.
/// </summary>
/// <param name="Rows">The voters of all queries, query after query, nearest first.</param>
/// <param name="Distances">How far each is; in one unit for the voters of a query.</param>
/// <param name="Weights">With what weight each votes; those of a query sum to K, or to the weight of all rows if that is less.</param>
/// <param name="Ends">Behind the last voter of each query.</param>
internal sealed record NeighborVotes(int[] Rows, double[] Distances, double[] Weights, int[] Ends)
{
    // More than K are looked for, so that most ties at the K-th distance are seen whole.
    private const int Beyond = 4;

    // Neighbours looked for at a time, all queries of it together: 48 MB, and far below what an index counts.
    private const int MostFound = 1 << 22;

    // What prepares columns sums rows in their order, and so moves distances by some last digits.
    private const double Tie = 1 + 1e-12;

    // Weights of mean 1 sum to the number of rows only up to rounding.
    private const double Rounding = 1e-9;

    /// <summary>The greatest K that the weights of all rows reach.</summary>
    public static int Most(EquatableArray<double> weights) => (int)Math.Min(int.MaxValue, Math.Floor(weights.Sum() * (1 + Rounding)));

    /// <summary>The voters of some queries.</summary>
    /// <param name="metric">The distance.</param>
    /// <param name="p">Minkowski's exponent.</param>
    /// <param name="rows">Rows x columns, row by row.</param>
    /// <param name="weights">A positive weight a row; at least one row.</param>
    /// <param name="queries">queryCount x columns, row by row.</param>
    /// <param name="queryCount">How many queries.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="k">What the weights of a query's voters sum to.</param>
    public static NeighborVotes Of(Distance metric, double p, EquatableArray<double> rows, EquatableArray<double> weights, ReadOnlySpan<double> queries, int queryCount, int columns, int k)
    {
        var (count, wanted) = (weights.Count, (int)Math.Min(k + (long)Beyond, weights.Count));
        if (metric == Distance.Cosine)
        {
            var (from, to) = (Neighbors.Directions(rows.AsSpan(), count, columns), Neighbors.Directions(queries, queryCount, columns));
            var votes = Of(Distance.Euclidean, p, EquatableArray.Own(from), weights, to, queryCount, columns + 1, k);
            // 1 - cosine is half the squared distance of directions.
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
                found = Neighbors.Find(metric, rows.AsSpan(), count, queries.Slice(query * columns, chunk * columns), chunk, columns, wanted);
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
        /// The voters among these candidates, nearest first. False, and none taken, where they do not have enough weight or
        /// rows that are not among them may be as far as the last voter.
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
