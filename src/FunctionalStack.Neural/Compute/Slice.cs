namespace FunctionalStack.Neural;

/// <summary>A contiguous run of float32 values in an arena. The arena is the one of the <see cref="ICompute"/> it is passed to.</summary>
/// <param name="Offset">The first element; a multiple of <see cref="Alignment"/>.</param>
/// <param name="Length">The number of elements.</param>
public readonly record struct Slice(int Offset, int Length)
{
    /// <summary>The alignment of slices in elements: 256 bytes, enough for the widest loads of every device.</summary>
    public const int Alignment = 64;

    /// <summary><paramref name="length"/> rounded up to a multiple of <see cref="Alignment"/>.</summary>
    public static int Aligned(int length) => checked((length + Alignment - 1) / Alignment * Alignment);
}
