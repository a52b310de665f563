using System.Numerics;

namespace FunctionalStack.Learners;

/// <summary>
/// The kinds of rows as bits. The number of rows of a kind in any set of rows, also given as bits, is a population count.
/// </summary>
/// <param name="bits">Kind by kind, <paramref name="words"/> elements each.</param>
/// <param name="words">The number of 64-bit words per kind, 64 rows each.</param>
internal readonly struct BitCounts(ulong[] bits, int words)
{
    /// <summary>Removes all rows from all kinds.</summary>
    public void Clear() => Array.Clear(bits);

    public void Add(int row, int kind) => bits[kind * words + (row >> 6)] |= 1UL << row;

    /// <summary>The number of rows of a kind in a set.</summary>
    public int Count(ReadOnlySpan<ulong> rows, int kind)
    {
        var count = 0;
        var own = bits.AsSpan(kind * words, words);
        for (var word = 0; word < own.Length; word++) count += BitOperations.PopCount(rows[word] & own[word]);
        return count;
    }

    /// <summary>The number of rows in a set.</summary>
    public static int Count(ReadOnlySpan<ulong> rows)
    {
        var count = 0;
        foreach (var word in rows) count += BitOperations.PopCount(word);
        return count;
    }
}
