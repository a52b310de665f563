namespace FunctionalStack.Neural.Host;

/// <summary>How an array is split into work items: by its length alone, so that the number of threads does not change the result.</summary>
internal static class Chunks
{
    /// <summary>64 KiB: large enough to hide the overhead of an item, small enough to share a small net's parameters among
    /// threads.</summary>
    public const int Size = 1 << 14;

    public static int Of(long length) => (int)((length + Size - 1) / Size);

    /// <summary>The end of chunk <paramref name="item"/> of <paramref name="length"/> elements.</summary>
    public static int End(int item, int length) => Math.Min(length, (item + 1) * Size);

    // Half as much: operations on rows do more work per element.
    private const int RowsSize = Size / 2;

    /// <summary>Rows per item, for rows of <paramref name="width"/> elements.</summary>
    public static int Rows(int width) => Math.Max(1, RowsSize / width);
}
