namespace FunctionalStack.Learners;

/// <summary>
/// Exact Shapley values of trees in polynomial time (Lundberg, Erion &amp; Lee 2018, algorithm 2). For an unknown column a
/// row follows both branches, in proportion to their covers ("path-dependent").
/// </summary>
internal static class TreeShap
{
    /// <summary>Adds a tree's contribution to each column's value.</summary>
    /// <param name="values">One value per output and column.</param>
    /// <param name="tree">The tree, with the row that is explained.</param>
    /// <param name="depth">The depth of the tree.</param>
    public static void AddTo<T>(Span<double> values, T tree, int depth)
        where T : IExplainedTree
    {
        var most = depth + 2;
        Descend(values, tree, new Step[most * (most + 1) / 2 + most], 0, 0, 0, 1, 1, -1, 0);
    }

    /// <summary>A column on the path, with the fractions of paths that remain without and with it.</summary>
    private record struct Step(int Column, double Zero, double One, double Weight);

    // The path of each depth is stored after that of the previous depth, from which it is copied.
    private static void Descend<T>(Span<double> values, T tree, Step[] room, int before, int at, int node, double zero, double one,
        int column, int depth)
        where T : IExplainedTree
    {
        var way = room.AsSpan(at, depth + 1);
        room.AsSpan(before, depth).CopyTo(way);
        Extend(way, depth, zero, one, column);
        if (tree.ColumnOf(node) is var split && split < 0)
        {
            for (var i = 1; i <= depth; i++)
            {
                var weight = UnwoundSum(way, depth, i);
                tree.AddLeaf(values, way[i].Column, weight * (way[i].One - way[i].Zero), node);
            }

            return;
        }

        var (hot, cold) = tree.GoesLeft(node) ? (node + 1, tree.RightOf(node)) : (tree.RightOf(node), node + 1);
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
        var (cover, coverHot, coverCold) = (tree.CoverOf(node), tree.CoverOf(hot), tree.CoverOf(cold));

        // A node without cover has no proportions: unknown rows go to both sides in equal parts.
        if (cover == 0) (cover, coverHot, coverCold) = (2, 1, 1);
        var (zeroHot, zeroCold) = (incomingZero * coverHot / cover, incomingZero * coverCold / cover);

        // A branch that is reached neither with nor without the column contributes nothing.
        if (zeroHot != 0 || incomingOne != 0) Descend(values, tree, room, at, next, hot, zeroHot, incomingOne, split, length + 1);
        if (zeroCold != 0) Descend(values, tree, room, at, next, cold, zeroCold, 0, split, length + 1);
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
