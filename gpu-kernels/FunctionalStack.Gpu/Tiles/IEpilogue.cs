namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// The epilogue of a tile, after its sums are complete. It is a type argument, so that a kernel is compiled for each: it has
/// barriers, and PoCL miscompiles barriers under a condition, even a uniform one.
/// </summary>
internal interface IEpilogue
{
    static abstract bool HasMoments { get; }
}

internal readonly struct WithMoments : IEpilogue
{
    public static bool HasMoments => true;
}

internal readonly struct WithoutMoments : IEpilogue
{
    public static bool HasMoments => false;
}
