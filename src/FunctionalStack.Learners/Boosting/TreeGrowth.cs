namespace FunctionalStack.Learners;

/// <summary>What all trees of a fit read.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Codes">The code of each row, column by column.</param>
/// <param name="Layout">The same, laid out for histograms.</param>
/// <param name="Monotone">A column's sign: 1 where estimates may only rise with it, -1 where they may only fall, else 0.</param>
/// <param name="Rules">What a split must fulfil.</param>
/// <param name="MaxDepth">Splits on the longest way down.</param>
/// <param name="MaxLeaves">Leaves of a tree grown leaf by leaf; null where it is grown depth by depth.</param>
/// <param name="Eta">What a leaf's value is multiplied by.</param>
internal sealed record GrowthData(int RowCount, EquatableArray<BoostedColumn> Columns, byte[][] Codes, HistogramLayout Layout, int[] Monotone, SplitRules Rules, int MaxDepth, int? MaxLeaves, double Eta)
{
    public Pool<GrowthScratch> Scratch { get; } = new();

    public Pool<long[]> Histograms { get; } = new();

    public Pool<SplitSearch> Searches { get; } = new();
}

/// <summary>Buffers to be used again: whoever takes one gives it back.</summary>
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

/// <summary>The rows of a tree in the order of its nodes, and room to divide them.</summary>
internal sealed class GrowthScratch(int rows)
{
    public int[] Rows { get; } = new int[rows];

    public int[] Spare { get; } = new int[rows];
}

/// <summary>A node while its tree is grown.</summary>
internal sealed class GrowthNode(int start, int count, int depth, long sum, double low, double high)
{
    public int Start => start;

    public int Count => count;

    public int Depth => depth;

    public long Sum => sum;

    /// <summary>The least that a leaf in this node may say, so that constraints hold between it and its neighbours.</summary>
    public double Low => low;

    public double High => high;

    public long[]? Histogram { get; set; }

    public BoostedSplit Split { get; set; } = BoostedSplit.None;

    public GrowthNode? Left { get; set; }

    public GrowthNode? Right { get; set; }

    /// <summary>A leaf's value, the learning rate counted in.</summary>
    public double Value { get; set; }
}
