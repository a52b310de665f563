namespace FunctionalStack.Gpu.Tiles;

/// <summary>A kernel whose threads compute a tile through shared memory, in groups of exactly <see cref="Threads"/>: for devices that run
/// in lockstep.</summary>
internal interface ITile
{
    static abstract int Threads { get; }

    void Do(int group);
}

/// <summary>The width of a tile. Tiles always have <see cref="Accumulators.Rows"/> rows; a thread computes 8 x 8 elements.</summary>
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
