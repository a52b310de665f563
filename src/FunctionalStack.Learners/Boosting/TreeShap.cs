namespace FunctionalStack.Learners;

/// <summary>
/// Exact Shapley values of trees in polynomial time (Lundberg, Erion &amp; Lee 2018, algorithm 2). For an unknown column a
/// row follows both branches, in proportion to their covers ("path-dependent").
/// </summary>
internal static class TreeShap
{
    /// <summary>The expected value of a tree when no column is known.</summary>
    public static double Expected(BoostedTree tree)
    {
        var expected = tree.Value.ToArray();
        for (var node = tree.NodeCount - 1; node >= 0; node--)
        {
            if (tree.Feature[node] < 0) continue;
            var (left, right) = (node + 1, tree.Right[node]);
            expected[node] = (tree.Cover[left] * expected[left] + tree.Cover[right] * expected[right]) / tree.Cover[node];
        }

        return expected[0];
    }

    /// <summary>Adds a tree's contribution to each column's value.</summary>
    public static void AddTo(Span<double> values, BoostedTree tree, ReadOnlySpan<byte> codes, EquatableArray<BoostedColumn> columns)
    {
        var most = tree.Depth + 2;
        Descend(values, tree, codes, columns, new Step[most * (most + 1) / 2 + most], 0, 0, 0, 1, 1, -1, 0);
    }

    /// <summary>A column on the path, with the fractions of paths that remain without and with it.</summary>
    private record struct Step(int Column, double Zero, double One, double Weight);

    // The path of each depth is stored after that of the previous depth, from which it is copied.
    private static void Descend(Span<double> values, BoostedTree tree, ReadOnlySpan<byte> codes, EquatableArray<BoostedColumn> columns,
        Step[] room, int before, int at, int node, double zero, double one, int column, int depth)
    {
        var way = room.AsSpan(at, depth + 1);
        room.AsSpan(before, depth).CopyTo(way);
        Extend(way, depth, zero, one, column);
        if (tree.Feature[node] is var split && split < 0)
        {
            for (var i = 1; i <= depth; i++)
            {
                var weight = UnwoundSum(way, depth, i);
                values[way[i].Column] += weight * (way[i].One - way[i].Zero) * tree.Value[node];
            }

            return;
        }

        var (hot, cold) = tree.GoesLeft(node, codes[split], columns[split].IsCategorical)
            ? (node + 1, tree.Right[node]) : (tree.Right[node], node + 1);
        var (incomingZero, incomingOne, length) = (1.0, 1.0, depth);
        var known = 1;
        while (known <= depth && way[known].Column != split) known++;
        if (known <= depth)
        {
            // The column occurs again on the path: its earlier occurrence is removed.
            (incomingZero, incomingOne) = (way[known].Zero, way[known].One);
            Unwind(way, depth, known);
            length--;
        }

        var next = at + depth + 1;
        Descend(values, tree, codes, columns, room, at, next, hot, incomingZero * tree.Cover[hot] / tree.Cover[node], incomingOne, split,
            length + 1);
        Descend(values, tree, codes, columns, room, at, next, cold, incomingZero * tree.Cover[cold] / tree.Cover[node], 0, split,
            length + 1);
    }

    private static void Extend(Span<Step> way, int depth, double zero, double one, int column)
    {
        way[depth] = new(column, zero, one, depth == 0 ? 1 : 0);
        for (var i = depth - 1; i >= 0; i--)
        {
            way[i + 1].Weight += one * way[i].Weight * (i + 1) / (depth + 1);
            way[i].Weight = zero * way[i].Weight * (depth - i) / (depth + 1);
        }
    }

    private static void Unwind(Span<Step> way, int depth, int at)
    {
        var (one, zero, next) = (way[at].One, way[at].Zero, way[depth].Weight);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var before = way[i].Weight;
                way[i].Weight = next * (depth + 1) / ((i + 1) * one);
                next = before - way[i].Weight * zero * (depth - i) / (depth + 1);
            }
            else
            {
                way[i].Weight = way[i].Weight * (depth + 1) / (zero * (depth - i));
            }
        }

        for (var i = at; i < depth; i++) way[i] = way[i + 1] with { Weight = way[i].Weight };
    }

    private static double UnwoundSum(ReadOnlySpan<Step> way, int depth, int at)
    {
        var (one, zero, next, sum) = (way[at].One, way[at].Zero, way[depth].Weight, 0.0);
        for (var i = depth - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = next * (depth + 1) / ((i + 1) * one);
                sum += weight;
                next = way[i].Weight - weight * zero * (depth - i) / (depth + 1);
            }
            else
            {
                sum += way[i].Weight / zero * (depth + 1) / (depth - i);
            }
        }

        return sum;
    }
}
