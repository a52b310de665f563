using System.Text;

namespace FunctionalStack;

/// <summary>
/// A seed for random numbers. It is forked by name, so adding or renaming one part of a composition does not change the
/// random numbers of the others. Equal seeds give equal numbers on every machine.
/// </summary>
/// <param name="State">The internal state.</param>
public readonly record struct Seed(ulong State)
{
    /// <summary>The seed for a number chosen by the user.</summary>
    public static Seed Of(long value) => new(SplitMix.Finish((ulong)value + SplitMix.Gamma));

    /// <summary>The number for which <see cref="Of"/> gives this seed. For a forked seed it is an arbitrary large number.</summary>
    public long Number => (long)(SplitMix.Start(State) - SplitMix.Gamma);

    /// <summary>The seed of the part called <paramref name="name"/>.</summary>
    public Seed Fork(string name)
    {
        // FNV-1a over UTF-8: stable across processes, unlike string.GetHashCode.
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(name)) hash = (hash ^ octet) * 1099511628211UL;
        return new(SplitMix.Finish(SplitMix.Finish(State + SplitMix.Gamma) ^ hash));
    }

    /// <summary>The seed of the part numbered <paramref name="index"/>.</summary>
    public Seed Fork(int index) =>
        new(SplitMix.Finish(SplitMix.Finish(State ^ 0xD1B54A32D192ED03UL) + SplitMix.Gamma * ((ulong)(uint)index + 1)));

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        Stream().Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>At most <paramref name="most"/> of the numbers 0 to <paramref name="count"/> - 1, drawn without replacement,
    /// ascending.</summary>
    public int[] Sample(int count, int most)
    {
        var drawn = count <= most ? [.. Enumerable.Range(0, count)] : Permutation(count)[..most];
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>A new stream of random numbers. Use it inside one function; do not store it.</summary>
    public RandomStream Stream() => new(State);
}

/// <summary>A stream of pseudo-random numbers: SplitMix64 (Steele, Lea &amp; Flood 2014). Mutable; for use inside one function.</summary>
/// <param name="state">The initial state.</param>
public struct RandomStream(ulong state)
{
    private ulong state = state;

    /// <summary>Uniform over all 64-bit integers.</summary>
    public ulong NextUInt64() => SplitMix.Finish(state += SplitMix.Gamma);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 to bound - 1 (Lemire's multiplication; the bias is below bound / 2^64).</summary>
    public int Next(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>Standard normal, by the Box-Muller transform.</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Shuffles <paramref name="items"/> uniformly (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}

internal static class SplitMix
{
    public const ulong Gamma = 0x9E3779B97F4A7C15UL;

    public static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>The inverse of <see cref="Finish"/>: each of its steps is a bijection of the 64-bit integers.</summary>
    public static ulong Start(ulong z)
    {
        // The factors are the inverses modulo 2^64 of those of Finish. A shift of at least 22 bits is undone by at most three.
        z ^= (z >> 31) ^ (z >> 62);
        z *= 0x319642B2D24D8EC3UL;
        z ^= (z >> 27) ^ (z >> 54);
        z *= 0x96DE1B173F119089UL;
        return z ^ (z >> 30) ^ (z >> 60);
    }
}
