namespace FunctionalStack.Learners;

/// <summary>The minimum numbers of rows of a node that is split and of a child. A row counts as often as its frequency.</summary>
/// <param name="rules">The minima.</param>
/// <param name="times">The frequency of each row; null if each counts once.</param>
internal sealed class RowLimits(GrowthRules rules, double[]? times)
{
    /// <summary>Whether a node is too small for any split.</summary>
    public bool IsSmall(ReadOnlySpan<int> rows)
    {
        if (times is null) return rows.Length < rules.MinSamplesSplit || rows.Length / 2 < rules.MinSamplesLeaf;
        var all = 0.0;
        foreach (var row in rows) all += times[row];
        return all < rules.MinSamplesSplit || all < 2.0 * rules.MinSamplesLeaf;
    }

    /// <summary>Whether a child is too small, if the <paramref name="onLeft"/> rows up to rank <paramref name="last"/> go left.</summary>
    public bool HasSmallSide(int onLeft, ReadOnlySpan<int> rows, ReadOnlySpan<int> ranks, int last)
    {
        if (times is null) return Math.Min(onLeft, rows.Length - onLeft) < rules.MinSamplesLeaf;
        var (left, all) = (0.0, 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            var counts = times[rows[i]];
            all += counts;
            if (ranks[i] <= last) left += counts;
        }

        return Math.Min(left, all - left) < rules.MinSamplesLeaf;
    }

    /// <summary>The least and the largest number of rows that may go left, the first of <paramref name="sorted"/>, which are places among
    /// <paramref name="rows"/>. There are none if the least is above the largest.</summary>
    public (int Least, int Most) LeftSizes(ReadOnlySpan<int> rows, ReadOnlySpan<ulong> sorted)
    {
        if (times is null) return LeftSizes(sorted.Length);
        var (least, most) = (0, sorted.Length);
        for (var left = 0.0; least < sorted.Length && left < rules.MinSamplesLeaf; least++)
            left += times[rows[SortedRow.Row(sorted[least])]];
        for (var right = 0.0; most > 0 && right < rules.MinSamplesLeaf; most--)
            right += times[rows[SortedRow.Row(sorted[most - 1])]];
        return (least, most);
    }

    /// <summary>Like <see cref="LeftSizes(ReadOnlySpan{int}, ReadOnlySpan{ulong})"/>, where each row counts once.</summary>
    public (int Least, int Most) LeftSizes(int count) => (rules.MinSamplesLeaf, count - rules.MinSamplesLeaf);
}
