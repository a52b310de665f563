namespace FunctionalStack.Gpu.Tiles;

/// <summary>A kernel whose groups work together on a tile through shared memory, in groups of exactly <see cref="Members"/>: for devices that run in lockstep.</summary>
internal interface ITile
{
    static abstract int Members { get; }

    void Do(int group);
}

/// <summary>How wide a tile is: rows are always <see cref="Accumulators.Rows"/>; a member takes 8 x 8 of it.</summary>
internal interface ITileShape
{
    /// <summary>A multiple of 8.</summary>
    static abstract int Columns { get; }
}

internal readonly struct Narrow : ITileShape
{
    public static int Columns => 32;
}

internal readonly struct Middle : ITileShape
{
    public static int Columns => 64;
}

internal readonly struct Wide : ITileShape
{
    public static int Columns => 128;
}
