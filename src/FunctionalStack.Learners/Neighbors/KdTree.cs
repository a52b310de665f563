namespace FunctionalStack.Learners;

/// <summary>
/// A k-d tree (Friedman, Bentley &amp; Finkel 1977): boxes of rows, split in half along their widest column. A box is skipped only if
/// its distance, computed in the same order and rounding as a row's, exceeds that of the K-th nearest row so far. The result
/// equals that of an exhaustive search, ties included.
/// </summary>
internal static class KdTree
{
    private const int LeafRows = 24;

    /// <summary>
    /// Whether building and searching a tree is expected to be faster than an exhaustive search: a heuristic by sizes. A search
    /// visits more boxes with more columns. SIMD scans about ten thousand rows in the time of one tree search.
    /// </summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="queryCount">The number of queries.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="vectorized">Whether the exhaustive search uses SIMD.</param>
    public static bool Pays(int count, int queryCount, int columns, bool vectorized) =>
        columns is > 0 and <= 8 && queryCount >= count / 32 && count >= (vectorized ? 8000 << columns : 200 << (columns / 2));

    public static Neighbors Find<T>(T terms, ReadOnlySpan<double> rows, int count, ReadOnlySpan<double> queries, int queryCount,
        int columns, int k) where T : struct, IDistanceTerms
    {
        var nearest = new Nearest(queryCount, k);
        var tree = new Tree<T>(terms, rows, count, columns, nearest);
        for (var query = 0; query < queryCount; query++) tree.Search(query, queries.Slice(query * columns, columns));
        return nearest.Finish(terms);
    }

    /// <summary>A node.</summary>
    /// <param name="From">The first of the node's rows.</param>
    /// <param name="To">The end of the node's rows (exclusive).</param>
    /// <param name="Left">The node of the first half; 0 for a leaf.</param>
    /// <param name="Right">The node of the second half.</param>
    private readonly record struct Node(int From, int To, int Left, int Right);

    private sealed class Tree<T> where T : struct, IDistanceTerms
    {
        private readonly T terms;
        private readonly int columns;
        private readonly Nearest nearest;
        private readonly int[] order;
        private readonly double[] cells;
        private readonly List<Node> nodes = [];
        private readonly List<double> boxes = [];

        public Tree(T terms, ReadOnlySpan<double> rows, int count, int columns, Nearest nearest)
        {
            (this.terms, this.columns, this.nearest) = (terms, columns, nearest);
            order = [.. Enumerable.Range(0, count)];
            Build(rows, 0, count, new double[count]);
            cells = new double[count * columns];
            for (var i = 0; i < count; i++) rows.Slice(order[i] * columns, columns).CopyTo(cells.AsSpan(i * columns));
        }

        public void Search(int query, ReadOnlySpan<double> asked) => Search(query, asked, 0, Bound(asked, 0));

        private int Build(ReadOnlySpan<double> rows, int from, int to, double[] keys)
        {
            var at = nodes.Count;
            nodes.Add(new(from, to, 0, 0));
            var (widest, width) = (0, 0.0);
            for (var c = 0; c < columns; c++)
            {
                var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
                for (var i = from; i < to; i++)
                {
                    var cell = rows[order[i] * columns + c];
                    (low, high) = (Math.Min(low, cell), Math.Max(high, cell));
                }

                boxes.Add(low);
                boxes.Add(high);
                if (high - low > width) (widest, width) = (c, high - low);
            }

            if (to - from <= LeafRows || width == 0) return at;
            for (var i = from; i < to; i++) keys[i] = rows[order[i] * columns + widest];
            Array.Sort(keys, order, from, to - from);
            var middle = (from + to) / 2;
            var left = Build(rows, from, middle, keys);
            nodes[at] = new(from, to, left, Build(rows, middle, to, keys));
            return at;
        }

        private void Search(int query, ReadOnlySpan<double> asked, int at, double bound)
        {
            if (bound > nearest.Farthest(query)) return;
            var node = nodes[at];
            if (node.Left == 0)
            {
                for (var i = node.From; i < node.To; i++)
                {
                    var sum = 0.0;
                    for (var c = 0; c < asked.Length; c++) sum = terms.Join(sum, terms.Term(cells[i * columns + c] - asked[c]));
                    nearest.Offer(query, sum, order[i]);
                }

                return;
            }

            var (left, right) = (Bound(asked, node.Left), Bound(asked, node.Right));
            if (left <= right)
            {
                Search(query, asked, node.Left, left);
                Search(query, asked, node.Right, right);
            }
            else
            {
                Search(query, asked, node.Right, right);
                Search(query, asked, node.Left, left);
            }
        }

        /// <summary>The unfinished distance to a box.</summary>
        private double Bound(ReadOnlySpan<double> asked, int at)
        {
            var sum = 0.0;
            for (var c = 0; c < asked.Length; c++)
            {
                var (low, high) = (boxes[(at * columns + c) * 2], boxes[(at * columns + c) * 2 + 1]);
                sum = terms.Join(sum, terms.Term(asked[c] < low ? low - asked[c] : asked[c] > high ? asked[c] - high : 0));
            }

            return sum;
        }
    }
}
