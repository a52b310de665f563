using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows one tree in preorder (CART: Breiman et al. 1984). The rows of a node are a contiguous range of
/// one array, ascending, so that data gathered for them is contiguous too. Splitting a node partitions its
/// range. All buffers are allocated once per tree, not per node.
/// </summary>
/// <typeparam name="TRow">The data of a row that is summed: its weight and its target.</typeparam>
internal abstract partial class TreeGrower<TRow>
    where TRow : unmanaged
{
    private readonly TreeData data;
    private readonly GrowthRules rules;
    private readonly int[] rows;
    private readonly int[] outOfBag;
    private readonly int[] outOfBagLeaves;
    private readonly int[] spareRows;
    private readonly TRow[] spare;
    private readonly int[] columns;
    private readonly int[] constants;
    private readonly double[] importances;
    private readonly RareInNode? rare;
    private readonly BitNodes? bits;
    private readonly TRow[] carriedByAll = [];
    private readonly Stack<NodeRange> waiting = new();
    private readonly PooledList<int> feature = new();
    private readonly PooledList<double> thresholds = new();
    private readonly PooledList<int> right = new();
    private int[] chosenCodes;
    private int chosen;
    private bool ranked;
    private RandomStream draws;
    private RandomStream random;
    private readonly SharedOutputs shared = new();

    /// <summary>Allocates the buffers.</summary>
    /// <param name="data">The data shared by all trees.</param>
    /// <param name="rows">The rows of the tree, ascending.</param>
    /// <param name="outOfBag">The rows whose leaves are returned.</param>
    /// <param name="seed">The seed of columns and thresholds.</param>
    /// <param name="kinds">The number of population counts per split, for rows of equal weight; 0 if sums are not population
    /// counts.</param>
    protected TreeGrower(TreeData data, int[] rows, int[] outOfBag, Seed seed, int kinds)
    {
        (this.data, this.rows, this.outOfBag, rules) = (data, rows, outOfBag, data.Rules);
        draws = seed.Fork("features").Stream();
        random = seed.Fork("cuts").Stream();
        var most = Math.Max(rows.Length, outOfBag.Length);
        Carried = Pooled.Rent<TRow>(rows.Length);
        spare = Pooled.Rent<TRow>(rows.Length);
        spareRows = Pooled.Rent<int>(most);
        Codes = Pooled.Rent<int>(most);
        chosenCodes = Pooled.Rent<int>(most);
        outOfBagLeaves = Pooled.Rent<int>(data.RowCount);
        rare = data.Rare is { } known ? new(known, rows.Length, Pooled) : null;
        if (kinds > 0 && rules.RandomSplits && data.Weights is null && data.Times is null && rows.Length == data.RowCount)
        {
            bits = new(data.Columns, rows.Length, kinds, Pooled);
            carriedByAll = Pooled.Rent<TRow>(rows.Length);
        }

        columns = [.. Enumerable.Range(0, data.Columns.Length)];
        constants = new int[columns.Length];
        importances = new double[columns.Length];
    }

    /// <summary>The source of buffers, which are returned when the tree is grown.</summary>
    protected Pooled Pooled { get; } = new();

    /// <summary>The data of each row, in the order of the array of rows.</summary>
    protected TRow[] Carried { get; }

    protected int[] Rows => rows;

    /// <summary>A buffer for the ranks of a node's rows.</summary>
    protected int[] Codes { get; private set; }

    /// <summary>The largest number of distinct values of a column.</summary>
    protected int MostRanks => data.Columns.Select(column => column.Distinct.Length).DefaultIfEmpty(0).Max();

    protected PooledList<double> Outputs { get; } = new();

    /// <summary>Grows the tree. Call it once, since the buffers are returned.</summary>
    public GrownTree Grow()
    {
        using var pooled = Pooled;
        using var nodes = feature;
        using var splits = thresholds;
        using var children = right;
        using var outputs = Outputs;
        waiting.Push(new(0, rows.Length, 0, outOfBag.Length, 0, -1, 0, Whole()));
        while (waiting.TryPop(out var node)) Grow(node);
        var total = importances.Sum();
        var tree =
            new Tree(EquatableArray.Own(feature.ToArray()), EquatableArray.Own(thresholds.ToArray()), EquatableArray.Own(right.ToArray()),
                EquatableArray.Own(Outputs.ToArray()));
        return new(
            tree,
            total > 0 ? Array.ConvertAll(importances, importance => importance / total) : importances,
            outOfBag,
            Array.ConvertAll(outOfBag, row => outOfBagLeaves[row]));
    }

    /// <summary>Converts the data of some rows to bits: of all rows (once), or of a small node, replacing the previous one.</summary>
    protected abstract void TakeBits(int start, int count, bool all);

    /// <summary>Like <see cref="Enter(int, int)"/>, for a subset of the rows converted to bits: of all rows, or of a small node.</summary>
    protected abstract bool Enter(ReadOnlySpan<ulong> node, int count, bool all);

    /// <summary>Like <see cref="Score(int, int, int)"/>, with those rows of the current node on the left.</summary>
    protected abstract double Score(ReadOnlySpan<ulong> left, int count);

    /// <summary>Sums the data of a node's rows, for <see cref="Best"/> and <see cref="AddOutputs"/>. Returns whether all have the same
    /// target.</summary>
    protected abstract bool Enter(int start, int count);

    /// <summary>The best split of the current node by a column. Ties go to the lowest.</summary>
    protected abstract Split Best(RankedColumn column, int start, int count);

    /// <summary>Whether <see cref="BestOfRare"/> supports a column in a node of <paramref name="count"/> rows.</summary>
    protected abstract bool SumsRare(RankedColumn column, int count);

    /// <summary>Like <see cref="Best"/>, reading only rows that differ from the column's most frequent rank.</summary>
    /// <param name="column">A column that is not constant in the node. Some rows have the most frequent rank.</param>
    /// <param name="start">The start of the node.</param>
    /// <param name="places">The positions of the rows with another rank, relative to the start.</param>
    /// <param name="rareRows">Those rows.</param>
    protected abstract Split BestOfRare(RankedColumn column, int start, ReadOnlySpan<int> places, int[] rareRows);

    /// <summary>
    /// The score of the split of the current node after rank <paramref name="last"/> of the column whose ranks are in
    /// <see cref="Codes"/>. Negative infinity if a side has too few rows.
    /// </summary>
    protected abstract double Score(int start, int count, int last);

    /// <summary>Like <see cref="Score(int, int, int)"/>, with only the ranks of the rare rows at <paramref name="places"/>, and whether all
    /// others go left.</summary>
    protected abstract double ScoreOfRare(int start, int count, ReadOnlySpan<int> places, int last, bool othersLeft);

    /// <summary>The impurity reduction of a split with that score, times the weight of the current node.</summary>
    protected abstract double Gain(double score);

    /// <summary>Adds the outputs of the current node, a leaf.</summary>
    protected abstract void AddOutputs(int start, int count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Grow(NodeRange node)
    {
        var at = feature.Count;
        if (node.Parent >= 0) right[node.Parent] = at;
        var count = node.End - node.Start;
        if (bits is not null) node = node with { Bits = BitsOf(node) };
        var pure = node.Bits.IsList ? Enter(node.Start, count) : Enter(bits!.GoTo(node.Bits), count, node.Bits.All is not null);
        var known = node.Constants;
        var (column, split, threshold) = pure || node.Depth >= rules.MaxDepth || IsSmall(node.Start, count)
            ? (-1, Split.None, 0)
            : Choose(node, ref known);
        if (column < 0)
        {
            AddOutputs(node.Start, count);
            if (!node.Bits.IsList) bits!.Release();
            var leaf = shared.RowOf(Outputs, data.Target.Outputs);
            for (var i = node.OutOfBagStart; i < node.OutOfBagEnd; i++) outOfBagLeaves[outOfBag[i]] = leaf;
            Add(-1, 0, leaf);
            return;
        }

        importances[column] += Gain(split.Score);
        Add(column, threshold, 0);
        var (left, other, onLeft) = node.Bits.IsList ? (default, default, Divide(column, split.Low, node.Start, node.End)) : bits!.Divide();
        var middle = node.Start + onLeft;

        // The value of an out-of-bag row may be between those whose midpoint is the threshold.
        var outOfBagMiddle =
            DivideOutOfBag(column, data.Columns[column].LastAtMost(threshold, split.Low, split.High), node.OutOfBagStart, node.OutOfBagEnd);
        waiting.Push(new(middle, node.End, outOfBagMiddle, node.OutOfBagEnd, node.Depth + 1, at, known, other));
        waiting.Push(new(node.Start, middle, node.OutOfBagStart, outOfBagMiddle, node.Depth + 1, -1, known, left));
    }

    private void Add(int column, double threshold, int child)
    {
        feature.Add(column);
        thresholds.Add(threshold);
        right.Add(child);
    }

    /// <summary>
    /// Draws columns without replacement until enough are drawn and at least one of them is not constant in the node, like
    /// scikit-learn. The first <paramref name="known"/> columns are known to be constant in the node and cost nothing.
    /// If all columns are candidates, nothing is drawn, and ties go to the first column of the data.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Column, Split Split, double Threshold) Choose(NodeRange node, ref int known)
    {
        if (node.Bits.IsList) rare?.Enter();
        else bits!.Open();
        chosen = -1;
        var all = rules.MaxFeatures == columns.Length;
        var (best, split, threshold) = (-1, Split.None, 0.0);
        var (live, found, drawn, visited) = (columns.Length, 0, 0, 0);
        while (live > known + found && (visited < rules.MaxFeatures || visited <= found + drawn))
        {
            visited++;
            var j = all ? known + found : drawn + draws.Next(live - found - drawn);
            if (j < known)
            {
                (columns[drawn], columns[j]) = (columns[j], columns[drawn]);
                drawn++;
                continue;
            }

            if (!all) j += found;
            var column = columns[j];
            var (candidate, at) = node.Bits.IsList
                ? Try(column, node.Start, node.End - node.Start) : TryBits(column, node.End - node.Start);
            if (candidate.IsConstant)
            {
                (columns[j], columns[known + found]) = (columns[known + found], column);
                found++;
                continue;
            }

            live--;
            (columns[j], columns[live]) = (columns[live], column);
            if (candidate.Score > split.Score || (all && candidate.Score == split.Score && column < best && best >= 0))
            {
                (best, split, threshold) = (column, candidate, at);

                if (!node.Bits.IsList) bits!.Keep();

                // The rows are partitioned by these ranks, so they are not loaded again.
                (chosen, Codes, chosenCodes) = ranked ? (column, chosenCodes, Codes) : (-1, Codes, chosenCodes);
            }
        }

        // Siblings and children of this node rely on the columns that their ancestors found constant staying in front, in order.
        constants.AsSpan(0, known).CopyTo(columns);
        columns.AsSpan(known, found).CopyTo(constants.AsSpan(known));
        known += found;
        if (split.Score == double.NegativeInfinity) return (-1, split, 0);
        return (best, split, rules.RandomSplits ? threshold : data.Columns[best].Threshold(split.Low, split.High));
    }
}
