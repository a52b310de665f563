using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Grows one tree in preorder (CART: Breiman et al. 1984): the <see cref="Partition{TRow}"/> holds the rows of each node, the
/// <see cref="Splitter{TRow}"/> proposes a split for each candidate column, and the <see cref="SplitCriterion{TRow}"/> scores it.
/// </summary>
/// <typeparam name="TRow">The data of a row.</typeparam>
internal sealed class TreeBuilder<TRow>
    where TRow : unmanaged
{
    private readonly TreeData data;
    private readonly GrowthRules rules;
    private readonly Partition<TRow> rows;
    private readonly SplitCriterion<TRow> criterion;
    private readonly Splitter<TRow> splitter;
    private readonly OutOfBagRows outOfBag;
    private readonly int[] columns;
    private readonly int[] constants;
    private readonly double[] importances;
    private readonly Stack<Node> waiting = new();
    private readonly PooledList<int> feature = new();
    private readonly PooledList<double> thresholds = new();
    private readonly PooledList<int> right = new();
    private readonly SharedOutputs shared = new();
    private RandomStream draws;

    private TreeBuilder(Partition<TRow> rows, SplitCriterion<TRow> criterion, int[] outOfBag, Seed seed)
    {
        (this.rows, this.criterion, data, rules) = (rows, criterion, rows.Data, rows.Data.Rules);
        this.outOfBag = new(outOfBag, data.RowCount, rows.Pooled);
        splitter = rules.RandomSplits
            ? new RandomSplitter<TRow>(rows, criterion, seed.Fork("cuts")) : new BestSplitter<TRow>(rows, criterion);
        draws = seed.Fork("features").Stream();
        columns = [.. Enumerable.Range(0, data.Columns.Length)];
        constants = new int[columns.Length];
        importances = new double[columns.Length];
    }

    /// <summary>Grows the tree and returns the buffers.</summary>
    /// <param name="rows">The rows of the tree.</param>
    /// <param name="criterion">The criterion.</param>
    /// <param name="outOfBag">The rows whose leaves are returned; ownership is taken.</param>
    /// <param name="seed">The seed of columns and thresholds.</param>
    public static GrownTree Grow(Partition<TRow> rows, SplitCriterion<TRow> criterion, int[] outOfBag, Seed seed)
    {
        using var pooled = rows.Pooled;
        using var outputs = criterion.Outputs;
        return new TreeBuilder<TRow>(rows, criterion, outOfBag, seed).Grow();
    }

    private GrownTree Grow()
    {
        using var nodes = feature;
        using var splits = thresholds;
        using var children = right;
        waiting.Push(new(0, rows.Rows.Length, 0, outOfBag.Count, 0, -1, 0, rows.Root(criterion)));
        while (waiting.TryPop(out var node)) Grow(node);
        var total = importances.Sum();
        var tree =
            new Tree(EquatableArray.Own(feature.ToArray()), EquatableArray.Own(thresholds.ToArray()), EquatableArray.Own(right.ToArray()),
                EquatableArray.Own(criterion.Outputs.ToArray()));
        var (outside, leaves) = outOfBag.Leaves;
        return new(
            tree, total > 0 ? Array.ConvertAll(importances, importance => importance / total) : importances, outside, leaves);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Grow(Node node)
    {
        var (at, count) = (feature.Count, node.End - node.Start);
        if (node.Parent >= 0) right[node.Parent] = at;
        if (rows.Bits is not null) node = node with { Bits = rows.BitsOf(node.Bits, node.Start, node.End, criterion) };
        var pure = node.Bits.IsList ? criterion.Enter(node.Start, count)
            : criterion.Enter(rows.Bits!.GoTo(node.Bits), count, node.Bits.All is not null);
        var known = node.Constants;
        var (column, split, threshold) =
            pure || node.Depth >= rules.MaxDepth || rows.Limits.IsSmall(rows.Rows.AsSpan(node.Start, count))
                ? (-1, Split.None, 0) : Choose(node, ref known);
        if (column < 0)
        {
            criterion.AddOutputs(node.Start, count);
            if (!node.Bits.IsList) rows.Bits!.Release();
            var leaf = shared.RowOf(criterion.Outputs, data.Target.Outputs);
            outOfBag.Reach(leaf, node.OutOfBagStart, node.OutOfBagEnd);
            Add(-1, 0, leaf);
            return;
        }

        importances[column] += criterion.Gain(split.Score);
        Add(column, threshold, 0);
        var (left, other, onLeft) = rows.Divide(column, split.Low, node.Start, node.End, node.Bits, columns.AsSpan(known));
        var middle = node.Start + onLeft;

        // The value of an out-of-bag row may be between those whose midpoint is the threshold.
        var outside = data.Columns[column];
        var outOfBagMiddle = outOfBag.Divide(
            outside, outside.LastAtMost(threshold, split.Low, split.High), node.OutOfBagStart, node.OutOfBagEnd);
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
    private (int Column, Split Split, double Threshold) Choose(Node node, ref int known)
    {
        rows.Open(node.Bits);
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
            var (candidate, at) = splitter.Try(column, node.Start, node.End - node.Start, node.Bits);
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
                rows.Keep(column, node.Bits);
            }
        }

        // Siblings and children of this node rely on the columns that their ancestors found constant staying in front, in order.
        constants.AsSpan(0, known).CopyTo(columns);
        columns.AsSpan(known, found).CopyTo(constants.AsSpan(known));
        known += found;
        if (split.Score == double.NegativeInfinity) return (-1, split, 0);
        (split, threshold) = splitter.Finish(best, split, threshold);
        return (best, split, threshold);
    }

    /// <summary>
    /// A node that is not grown yet: its rows, its out-of-bag rows, its parent if it is a right child (-1 for a left child, which follows
    /// its parent), and the number of leading columns known to be constant in it. Its rows are also stored as bits, unless they are a list.
    /// </summary>
    private readonly record struct Node(
        int Start, int End, int OutOfBagStart, int OutOfBagEnd, int Depth, int Parent, int Constants, NodeBits Bits);
}
