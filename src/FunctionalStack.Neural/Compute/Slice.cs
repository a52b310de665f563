namespace FunctionalStack.Neural;

/// <summary>A run of float32 numbers in an arena. Plain data: which arena, the <see cref="ICompute"/> given it knows.</summary>
/// <param name="Offset">Where it begins; a multiple of <see cref="Alignment"/>.</param>
/// <param name="Length">Numbers in it.</param>
public readonly record struct Slice(int Offset, int Length)
{
    /// <summary>256 bytes: what every device's widest loads want.</summary>
    public const int Alignment = 64;

    /// <summary>The smallest multiple of <see cref="Alignment"/> that is not below <paramref name="length"/>.</summary>
    public static int Aligned(int length) => checked((length + Alignment - 1) / Alignment * Alignment);
}
