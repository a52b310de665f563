namespace FunctionalStack.Neural.Host;

/// <summary>How a run of numbers is cut into items of work: by its length alone, so that threads change no result.</summary>
internal static class Chunks
{
    /// <summary>64 KiB: long enough to hide an item's start, short enough to share out a small net's parameters.</summary>
    public const int Size = 1 << 14;

    public static int Of(long length) => (int)((length + Size - 1) / Size);

    /// <summary>Where chunk <paramref name="item"/> of <paramref name="length"/> numbers ends.</summary>
    public static int End(int item, int length) => Math.Min(length, (item + 1) * Size);

    // Half as much: more is done to a row than to numbers one by one.
    private const int RowsSize = Size / 2;

    /// <summary>Rows an item takes where one is <paramref name="width"/> numbers long.</summary>
    public static int Rows(int width) => Math.Max(1, RowsSize / width);
}
