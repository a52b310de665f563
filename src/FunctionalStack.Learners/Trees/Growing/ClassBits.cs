namespace FunctionalStack.Learners;

/// <summary>The classes of some rows as bits. Classes that do not occur cost no time.</summary>
/// <param name="classes">The maximum number of classes that occur.</param>
/// <param name="words">The number of 64-bit words per class, 64 rows each.</param>
internal sealed class ClassBits(int classes, int words)
{
    public BitCounts Counts { get; } = new(new ulong[classes * words], words);

    /// <summary>The class of each kind.</summary>
    public int[] Classes { get; } = new int[classes];

    /// <summary>The number of classes that occur.</summary>
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
