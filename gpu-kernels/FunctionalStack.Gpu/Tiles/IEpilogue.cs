namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// What a tile does besides once its sums are there. A type, so that kernels are compiled for one or the other: there are
/// barriers in it, and PoCL compiles barriers under a condition wrongly, though all members agree on it.
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
