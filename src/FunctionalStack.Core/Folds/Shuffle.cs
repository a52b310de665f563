namespace FunctionalStack;

/// <summary>In which order a plan deals rows to folds: in row order, by a seed of its own, or by the seed of the fit that uses it.</summary>
public readonly record struct Shuffle
{
    private Shuffle(bool isByFit, Seed? seed) => (IsByFit, Seed) = (isByFit, seed);

    /// <summary>In row order.</summary>
    public static Shuffle None => default;

    /// <summary>In random order, by the seed of the fit.</summary>
    public static Shuffle ByFit => new(true, null);

    /// <summary>Whether the order awaits the seed of a fit.</summary>
    public bool IsByFit { get; }

    /// <summary>What rows are shuffled by; null for row order, and until the fit gives its seed.</summary>
    public Seed? Seed { get; }

    public static implicit operator Shuffle(Seed seed) => new(false, seed);

    public static implicit operator Shuffle(Seed? seed) => new(false, seed);

    /// <summary>The same, with the seed of the fit where it awaits that.</summary>
    internal Shuffle Seeded(Seed seed) => IsByFit ? seed : this;
}
