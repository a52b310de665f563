namespace FunctionalStack.Learners;

// The minimum numbers of rows of a node that is split and of a child. A row counts as often as its frequency.
internal abstract partial class TreeGrower<TRow>
{
    /// <summary>Whether the node is too small for any split.</summary>
    private bool IsSmall(int start, int count)
    {
        if (data.Times is not { } times) return count < rules.MinSamplesSplit || count / 2 < rules.MinSamplesLeaf;
        var all = 0.0;
        foreach (var row in rows.AsSpan(start, count)) all += times[row];
        return all < rules.MinSamplesSplit || all < 2.0 * rules.MinSamplesLeaf;
    }

    /// <summary>Whether a child is too small, if the <paramref name="onLeft"/> rows up to rank <paramref name="last"/> go left. Their ranks
    /// are in <see cref="Codes"/>.</summary>
    protected bool HasSmallSide(int onLeft, int start, int count, int last)
    {
        if (data.Times is not { } times) return Math.Min(onLeft, count - onLeft) < rules.MinSamplesLeaf;
        var (left, all) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            var counts = times[rows[start + i]];
            all += counts;
            if (Codes[i] <= last) left += counts;
        }

        return Math.Min(left, all - left) < rules.MinSamplesLeaf;
    }

    /// <summary>The least and the largest number of rows that may go left, the first of <paramref name="sorted"/> (positions relative to
    /// the start of the node). There are none if the least is above the largest.</summary>
    protected (int Least, int Most) LeftSizes(ReadOnlySpan<int> sorted, int start)
    {
        if (data.Times is not { } times) return (rules.MinSamplesLeaf, sorted.Length - rules.MinSamplesLeaf);
        var (least, most) = (0, sorted.Length);
        for (var left = 0.0; least < sorted.Length && left < rules.MinSamplesLeaf; least++) left += times[rows[start + sorted[least]]];
        for (var right = 0.0; most > 0 && right < rules.MinSamplesLeaf; most--) right += times[rows[start + sorted[most - 1]]];
        return (least, most);
    }
}
