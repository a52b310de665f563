using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows one tree from the root down, left before right (CART: Breiman et al. 1984). The rows of a node are a stretch of
/// one array, ascending, so that what is gathered for them lies in the order of memory; splitting a node divides its
/// stretch. All buffers are made here, none a node.
/// </summary>
/// <typeparam name="TRow">What a row of the tree carries along to be summed: its weight and its target.</typeparam>
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

    /// <param name="data">What all trees share.</param>
    /// <param name="rows">The tree's, ascending.</param>
    /// <param name="outOfBag">Those whose leaves are to be told.</param>
    /// <param name="seed">For columns and splits.</param>
    /// <param name="kinds">Counts of bits that a split's sums can be, where each row counts once; 0 where they can't.</param>
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
        if (kinds > 0 && rules.RandomSplits && data.Weights is null && rows.Length == data.RowCount)
        {
            bits = new(data.Columns, rows.Length, kinds, Pooled);
            carriedByAll = Pooled.Rent<TRow>(rows.Length);
        }

        columns = [.. Enumerable.Range(0, data.Columns.Length)];
        constants = new int[columns.Length];
        importances = new double[columns.Length];
    }

    /// <summary>Where buffers come from; they go back when the tree is grown.</summary>
    protected Pooled Pooled { get; } = new();

    /// <summary>Beside each place in the array of rows, what that row carries.</summary>
    protected TRow[] Carried { get; }

    protected int[] Rows => rows;

    /// <summary>Room for the ranks of a node's rows.</summary>
    protected int[] Codes { get; private set; }

    /// <summary>How many distinct values the column of the most has.</summary>
    protected int MostRanks => data.Columns.Select(column => column.Distinct.Length).DefaultIfEmpty(0).Max();

    protected PooledList<double> Outputs { get; } = new();

    /// <summary>Grows the tree: once, since the buffers are given back.</summary>
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
        var tree = new Tree(EquatableArray.Own(feature.ToArray()), EquatableArray.Own(thresholds.ToArray()), EquatableArray.Own(right.ToArray()), EquatableArray.Own(Outputs.ToArray()));
        return new(
            tree,
            total > 0 ? Array.ConvertAll(importances, importance => importance / total) : importances,
            outOfBag,
            Array.ConvertAll(outOfBag, row => outOfBagLeaves[row]));
    }

    /// <summary>Turns what some rows carry into bits: of all rows (once) or of a small node, instead of the one before.</summary>
    protected abstract void TakeBits(int start, int count, bool all);

    /// <summary>As <see cref="Enter(int, int)"/>, of some of the rows taken up, all or a small node's.</summary>
    protected abstract bool Enter(ReadOnlySpan<ulong> node, int count, bool all);

    /// <summary>As <see cref="Score(int, int, int)"/>, with those rows of the node entered on the left.</summary>
    protected abstract double Score(ReadOnlySpan<ulong> left, int count);

    /// <summary>Sums up what a node's rows carry, for <see cref="Best"/> and <see cref="AddOutputs"/>; tells whether all have one target.</summary>
    protected abstract bool Enter(int start, int count);

    /// <summary>The best split of the node entered by a column, the lowest of equally good ones.</summary>
    protected abstract Split Best(RankedColumn column, int start, int count);

    /// <summary>Whether <see cref="BestOfRare"/> serves a column in a node of <paramref name="count"/> rows.</summary>
    protected abstract bool SumsRare(RankedColumn column, int count);

    /// <summary>As <see cref="Best"/>, looking only at rows that don't have the column's common rank.</summary>
    /// <param name="column">Not constant in the node, and some rows have the common rank.</param>
    /// <param name="start">Where the node starts.</param>
    /// <param name="places">The rows of another rank, counted from there.</param>
    /// <param name="rareRows">Those rows.</param>
    protected abstract Split BestOfRare(RankedColumn column, int start, ReadOnlySpan<int> places, int[] rareRows);

    /// <summary>
    /// The score of the split of the node entered behind rank <paramref name="last"/> of the column whose ranks are in
    /// <see cref="Codes"/>; negative infinity where a side has too few rows.
    /// </summary>
    protected abstract double Score(int start, int count, int last);

    /// <summary>As <see cref="Score(int, int, int)"/>, with the ranks of rare rows only, which are at <paramref name="places"/>; whether all others go left.</summary>
    protected abstract double ScoreOfRare(int start, int count, ReadOnlySpan<int> places, int last, bool othersLeft);

    /// <summary>How much impurity a split of that score takes from the node entered, times its weight.</summary>
    protected abstract double Gain(double score);

    /// <summary>Adds the outputs of the node entered, a leaf.</summary>
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
        var (column, split, threshold) = pure || node.Depth >= rules.MaxDepth || count < rules.MinSamplesSplit || count / 2 < rules.MinSamplesLeaf
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

        // A row outside may have a value between those that the threshold is the middle of.
        var outOfBagMiddle = DivideOutOfBag(column, data.Columns[column].LastAtMost(threshold, split.Low, split.High), node.OutOfBagStart, node.OutOfBagEnd);
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
    /// Draws columns without replacement until enough are drawn and one of them wasn't constant in the node, as
    /// scikit-learn does. The first <paramref name="known"/> columns are constant in the node for sure and cost nothing.
    /// Where all columns are looked at nothing is drawn, and of equally good columns the first in the data is taken.
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
            var (candidate, at) = node.Bits.IsList ? Try(column, node.Start, node.End - node.Start) : TryBits(column, node.End - node.Start);
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

                // The rows are divided by these ranks: they aren't fetched again.
                (chosen, Codes, chosenCodes) = ranked ? (column, chosenCodes, Codes) : (-1, Codes, chosenCodes);
            }
        }

        // Brothers and children of this node rely on what their ancestors found constant staying in front, in order.
        constants.AsSpan(0, known).CopyTo(columns);
        columns.AsSpan(known, found).CopyTo(constants.AsSpan(known));
        known += found;
        if (split.Score == double.NegativeInfinity) return (-1, split, 0);
        return (best, split, rules.RandomSplits ? threshold : data.Columns[best].Threshold(split.Low, split.High));
    }
}
