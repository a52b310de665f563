using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural;

/// <summary>
/// The dropout mask: a counter-based generator (a 64-bit finalizer over key and index; Steele, Lea &amp; Flood 2014), so that
/// every backend draws the same mask in any order of evaluation. Integer arithmetic only.
/// </summary>
public static class DropMask
{
    /// <summary>The threshold for a dropout rate: rate x 2^32. An element is kept where the upper 32 bits of its hash are at least
    /// this.</summary>
    /// <param name="rate">The share of elements set to 0; 0 to below 1.</param>
    public static uint Threshold(float rate) => (uint)Math.Min(rate * 4294967296.0, uint.MaxValue);

    /// <summary>Whether an element is kept.</summary>
    /// <param name="key">The mask's key.</param>
    /// <param name="index">The element's index in the batch, from 0.</param>
    /// <param name="threshold">From <see cref="Threshold"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Keeps(ulong key, int index, uint threshold)
    {
        var z = key + ((ulong)(uint)index + 1) * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (uint)((z ^ (z >> 31)) >> 32) >= threshold;
    }
}
