using System.Numerics;

namespace FunctionalStack.Learners;

/// <summary>
/// Of which kind rows are, as bits: what any set of rows, itself as bits, has of a kind is a population count.
/// </summary>
/// <param name="bits">Kind by kind, so many words each.</param>
/// <param name="words">64 rows each.</param>
internal readonly struct BitCounts(ulong[] bits, int words)
{
    /// <summary>No row is of any kind.</summary>
    public void Clear() => Array.Clear(bits);

    public void Add(int row, int kind) => bits[kind * words + (row >> 6)] |= 1UL << row;

    /// <summary>How many rows of a set are of a kind.</summary>
    public int Count(ReadOnlySpan<ulong> rows, int kind)
    {
        var count = 0;
        var own = bits.AsSpan(kind * words, words);
        for (var word = 0; word < own.Length; word++) count += BitOperations.PopCount(rows[word] & own[word]);
        return count;
    }

    /// <summary>How many rows a set has.</summary>
    public static int Count(ReadOnlySpan<ulong> rows)
    {
        var count = 0;
        foreach (var word in rows) count += BitOperations.PopCount(word);
        return count;
    }
}
