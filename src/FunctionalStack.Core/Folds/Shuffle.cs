namespace FunctionalStack;

/// <summary>The order in which a plan assigns rows to folds: row order, shuffled with a given seed, or shuffled with the seed of the
/// fit.</summary>
public readonly record struct Shuffle
{
    private Shuffle(bool isByFit, Seed? seed) => (IsByFit, Seed) = (isByFit, seed);

    /// <summary>Row order.</summary>
    public static Shuffle None => default;

    /// <summary>Shuffled with the seed of the fit.</summary>
    public static Shuffle ByFit => new(true, null);

    /// <summary>Whether the order depends on the seed of a fit.</summary>
    public bool IsByFit { get; }

    /// <summary>The shuffling seed. Null for row order, and for <see cref="ByFit"/> until the fit sets its seed.</summary>
    public Seed? Seed { get; }

    /// <summary>Shuffled with this seed.</summary>
    public static implicit operator Shuffle(Seed seed) => new(false, seed);

    /// <summary>Shuffled with this seed; row order for null.</summary>
    public static implicit operator Shuffle(Seed? seed) => new(false, seed);

    /// <summary>The same with the seed of the fit, if it waits for one.</summary>
    internal Shuffle Seeded(Seed seed) => IsByFit ? seed : this;
}
