namespace FunctionalStack.Learners;

/// <summary>The data shared by all trees of a fit.</summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Codes">The codes of all rows, column by column.</param>
/// <param name="Layout">The codes arranged for histograms.</param>
/// <param name="Monotone">One sign per column: 1 if predictions may only increase with it, -1 if they may only decrease, otherwise
/// 0.</param>
/// <param name="Rules">The constraints of splits.</param>
/// <param name="MaxDepth">The maximum depth.</param>
/// <param name="MaxLeaves">The maximum number of leaves of a leaf-wise tree; null to grow depth-wise.</param>
/// <param name="Eta">The learning rate.</param>
internal sealed record GrowthData(int RowCount, EquatableArray<BoostedColumn> Columns, byte[][] Codes, HistogramLayout Layout,
    int[] Monotone, SplitRules Rules, int MaxDepth, int? MaxLeaves, double Eta)
{
    public Pool<GrowthScratch> Scratch { get; } = new();

    public Pool<long[]> Histograms { get; } = new();

    public Pool<SplitSearch> Searches { get; } = new();
}

/// <summary>A pool of reusable buffers.</summary>
internal sealed class Pool<T> where T : class
{
    private readonly Stack<T> free = [];

    public T Take(Func<T> make)
    {
        lock (free)
        {
            if (free.TryPop(out var one)) return one;
        }

        return make();
    }

    public void Give(T one)
    {
        lock (free) free.Push(one);
    }
}

/// <summary>The rows of a tree in the order of its nodes, and a buffer for partitioning them.</summary>
internal sealed class GrowthScratch(int rows)
{
    public int[] Rows { get; } = new int[rows];

    public int[] Spare { get; } = new int[rows];
}

/// <summary>A node of a growing tree.</summary>
internal sealed class GrowthNode(int start, int count, int depth, long sum, double low, double high)
{
    public int Start => start;

    public int Count => count;

    public int Depth => depth;

    public long Sum => sum;

    /// <summary>The lower bound of leaf values in this node, from monotone constraints.</summary>
    public double Low => low;

    public double High => high;

    public long[]? Histogram { get; set; }

    public BoostedSplit Split { get; set; } = BoostedSplit.None;

    public GrowthNode? Left { get; set; }

    public GrowthNode? Right { get; set; }

    /// <summary>The value of a leaf, including the learning rate.</summary>
    public double Value { get; set; }
}
