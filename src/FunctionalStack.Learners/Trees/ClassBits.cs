namespace FunctionalStack.Learners;

/// <summary>Of which class some rows are, as bits; classes that none of them has take no time.</summary>
/// <param name="classes">No more of them occur.</param>
/// <param name="words">64 rows each.</param>
internal sealed class ClassBits(int classes, int words)
{
    public BitCounts Counts { get; } = new(new ulong[classes * words], words);

    /// <summary>The class of each kind that is counted.</summary>
    public int[] Classes { get; } = new int[classes];

    /// <summary>How many classes occur.</summary>
    public int Kinds { get; private set; }

    public void Clear()
    {
        Counts.Clear();
        Kinds = 0;
    }

    public void Add(int row, int classOfRow)
    {
        var kind = Classes.AsSpan(0, Kinds).IndexOf(classOfRow);
        if (kind < 0) Classes[kind = Kinds++] = classOfRow;
        Counts.Add(row, kind);
    }
}
