using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural;

/// <summary>
/// Which numbers dropout keeps: a counter-based generator (a 64-bit finalizer over key and index, Steele, Lea &amp; Flood
/// 2014), so that every backend and every order of evaluation draws the same mask. Integer arithmetic only.
/// </summary>
public static class DropMask
{
    /// <summary>A number is kept where its hash's upper 32 bits are at least this: rate x 2^32.</summary>
    public static uint Threshold(float rate) => (uint)Math.Min(rate * 4294967296.0, uint.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Keeps(ulong key, int index, uint threshold)
    {
        var z = key + ((ulong)(uint)index + 1) * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (uint)((z ^ (z >> 31)) >> 32) >= threshold;
    }
}
