using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows one tree on packed gradients. A node's histogram is computed for its lighter child only; that of the other is the
/// difference. Without a leaf limit, nodes are split depth by depth, in parallel. With a limit, the leaf with the
/// largest gain is split next.
/// </summary>
/// <param name="data">The data shared by all trees.</param>
/// <param name="columnsAt">The columns that a depth may split on.</param>
/// <param name="packed">The gradients of all rows.</param>
/// <param name="units">Their units.</param>
/// <param name="leaf">The value of a leaf with the given rows, if it is not Newton's step; otherwise null.</param>
/// <param name="work">Shares work among threads.</param>
internal sealed class BoostedGrower(GrowthData data, Func<int, int[]> columnsAt, long[] packed, PackedGradients units,
    Func<ReadOnlyMemory<int>, double>? leaf, WorkSharing work)
{
    /// <summary>Nodes with fewer rows are not divided among threads.</summary>
    private const int ManyRows = 2048;

    private readonly GrowthScratch scratch = data.Scratch.Take(() => new(data.RowCount));

    /// <summary>A tree on some rows.</summary>
    /// <param name="rows">Ascending.</param>
    public GrowthNode Grow(int[] rows)
    {
        rows.CopyTo(scratch.Rows, 0);
        var sum = 0L;
        foreach (var row in rows) sum += packed[row];
        var root = new GrowthNode(0, rows.Length, 0, sum, double.NegativeInfinity, double.PositiveInfinity);
        if (MaySplit(root)) root.Histogram = Summed(root);
        if (data.MaxLeaves is { } most) GrowByLeaf(root, most);
        else GrowByDepth(root);
        Settle(root);
        data.Scratch.Give(scratch);
        return root;
    }

    private bool MaySplit(GrowthNode node) => node.Count > 1 && !IsFinal(node.Depth, node.Sum);

    private bool IsFinal(int depth, long sum) =>
        depth >= data.MaxDepth || data.Codes.Length == 0 || !data.Rules.MaySplit(units.SecondOf(sum));

    private void GrowByDepth(GrowthNode from)
    {
        var waiting = new Stack<GrowthNode>();
        waiting.Push(from);
        while (waiting.TryPop(out var node))
        {
            FindSplit(node);
            if (node.Split.Column < 0) continue;
            Divide(node);
            if (Math.Min(node.Left!.Count, node.Right!.Count) >= ManyRows)
            {
                work.Run(2, side => GrowByDepth(side == 0 ? node.Left : node.Right));
                continue;
            }

            waiting.Push(node.Right);
            waiting.Push(node.Left);
        }
    }

    private void GrowByLeaf(GrowthNode root, int most)
    {
        // Ties go to the node that was found first.
        var waiting = new PriorityQueue<GrowthNode, (double Loss, int Number)>();
        var leaves = 1;
        var number = 0;
        Consider(root);
        while (leaves < most && waiting.TryDequeue(out var node, out _))
        {
            Divide(node);
            leaves++;
            Consider(node.Left!);
            Consider(node.Right!);
        }

        while (waiting.TryDequeue(out var leaf, out _))
        {
            leaf.Split = BoostedSplit.None;
            Release(leaf);
        }

        void Consider(GrowthNode node)
        {
            FindSplit(node);
            if (node.Split.Column >= 0) waiting.Enqueue(node, (-node.Split.Gain, number++));
        }
    }

    private void FindSplit(GrowthNode node)
    {
        if (node.Histogram is not { } histogram) return;
        var search = data.Searches.Take(() => new());
        var about = new SplitSearch.Node(units, data.Rules, node.Sum, node.Low, node.High);
        var (whole, best) = (about.Score, BoostedSplit.None);
        foreach (var column in columnsAt(node.Depth))
        {
            var codes = histogram.AsSpan(data.Layout.Offsets[column], data.Layout.Counts[column]);
            best = search.Best(about, codes, column, data.Columns[column].IsCategorical, data.Monotone[column], whole, best);
        }

        data.Searches.Give(search);
        node.Split = best;
        if (best.Column < 0) Release(node);
    }

    private void Divide(GrowthNode node)
    {
        var split = node.Split;
        var (low, high, lowRight, highRight) = (node.Low, node.High, node.Low, node.High);
        if (data.Monotone[split.Column] is var sign and not 0)
        {
            // Monotone constraint: all leaves on one side stay below the middle of both values, all leaves on the other side above it.
            var middle = (ValueOf(split.Left, node) + ValueOf(node.Sum - split.Left, node)) / 2;
            if (sign > 0) (high, lowRight) = (middle, middle);
            else (low, highRight) = (middle, middle);
        }

        // The row order of children that cannot be split is not needed: predictions of training rows are read from the splits.
        var final = leaf is null && IsFinal(node.Depth + 1, split.Left) && IsFinal(node.Depth + 1, node.Sum - split.Left);
        var left = final ? 0 : Partition(split, node.Start, node.Count);
        node.Left = new(node.Start, left, node.Depth + 1, split.Left, low, high);
        node.Right = new(node.Start + left, node.Count - left, node.Depth + 1, node.Sum - split.Left, lowRight, highRight);
        if (final)
        {
            Release(node);
            return;
        }

        var (small, large) = node.Left.Count <= node.Right.Count ? (node.Left, node.Right) : (node.Right, node.Left);
        var (smallMay, largeMay) = (MaySplit(small), MaySplit(large));
        if (smallMay || largeMay)
        {
            var summed = Summed(small);
            if (largeMay)
            {
                Subtract(node.Histogram!, summed);
                (large.Histogram, node.Histogram) = (node.Histogram, null);
            }

            if (smallMay) small.Histogram = summed;
            else data.Histograms.Give(summed);
        }

        Release(node);
    }

    private double ValueOf(long sum, GrowthNode node) => data.Rules.Value(units.FirstOf(sum), units.SecondOf(sum), node.Low, node.High);

    private void Release(GrowthNode node)
    {
        if (node.Histogram is { } histogram) data.Histograms.Give(histogram);
        node.Histogram = null;
    }

    private long[] Summed(GrowthNode node)
    {
        var parts = work.Threads == 1 || node.Count < ManyRows
            ? 1 : (int)Math.Clamp((long)node.Count * data.Layout.CellsARow / (4 * data.Layout.Size + 32768), 1, 4);
        var sums = new long[parts][];
        if (parts == 1) sums[0] = SummedPart(node.Start, node.Count);
        else work.Run(parts, part =>
        {
            var (from, to) = ((int)((long)node.Count * part / parts), (int)((long)node.Count * (part + 1) / parts));
            sums[part] = SummedPart(node.Start + from, to - from);
        });

        for (var part = 1; part < parts; part++)
        {
            Add(sums[0], sums[part]);
            data.Histograms.Give(sums[part]);
        }

        data.Layout.Complete(sums[0], node.Sum);
        return sums[0];
    }

    private long[] SummedPart(int start, int count)
    {
        var histogram = data.Histograms.Take(() => new long[data.Layout.Size]);
        Array.Clear(histogram);
        data.Layout.Add(scratch.Rows, start, count, packed, histogram);
        return histogram;
    }

    // The length of a histogram is a multiple of the vector width.
    private static void Subtract(long[] from, long[] what)
    {
        for (var i = 0; i < from.Length; i += Vector<long>.Count) (new Vector<long>(from, i) - new Vector<long>(what, i)).CopyTo(from, i);
    }

    private static void Add(long[] to, long[] what)
    {
        for (var i = 0; i < to.Length; i += Vector<long>.Count) (new Vector<long>(to, i) + new Vector<long>(what, i)).CopyTo(to, i);
    }

    /// <summary>Moves the rows that go left to the front. Both parts keep their order. Branch-free, since the branches would be
    /// unpredictable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int Partition(in BoostedSplit split, int start, int count)
    {
        var goes = stackalloc byte[256];
        for (var code = 0; code < data.Layout.Counts[split.Column]; code++) goes[code] = split.GoesLeft(code) ? (byte)1 : (byte)0;
        var (left, over) = (0, 0);
        fixed (byte* codes = data.Codes[split.Column])
        fixed (int* here = &scratch.Rows[start], others = &scratch.Spare[start])
        {
            for (var i = 0; i < count; i++)
            {
                var row = here[i];
                here[left] = row;
                others[over] = row;
                int goesLeft = goes[codes[row]];
                left += goesLeft;
                over += 1 - goesLeft;
            }
        }

        scratch.Spare.AsSpan(start, over).CopyTo(scratch.Rows.AsSpan(start + left));
        return left;
    }

    private void Settle(GrowthNode root)
    {
        var waiting = new Stack<GrowthNode>();
        waiting.Push(root);
        while (waiting.TryPop(out var node))
        {
            if (node.Left is not null)
            {
                waiting.Push(node.Right!);
                waiting.Push(node.Left);
                continue;
            }

            var value = leaf is null
                ? ValueOf(node.Sum, node) : Math.Clamp(leaf(scratch.Rows.AsMemory(node.Start, node.Count)), node.Low, node.High);
            node.Value = value * data.Eta;
        }
    }
}
