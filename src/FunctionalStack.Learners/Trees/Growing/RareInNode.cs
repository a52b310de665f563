using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>Which rows of a node differ from the column's most frequent value.</summary>
internal enum Rare
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>None: the column is constant in the node.</summary>
    None,

    /// <summary>Some, but not all.</summary>
    Some,
}

/// <summary>
/// The <see cref="RareRows"/> of the current node. A word of bits is loaded for all rows of the node when
/// the first of its columns is requested. The other columns share it.
/// </summary>
internal sealed class RareInNode
{
    /// <summary>The number of rows per step. The words are padded by this number of rows.</summary>
    private const int Block = 64;

    private readonly RareRows rare;
    private readonly ulong[][] words;
    private readonly ulong[] any;
    private readonly ulong[] all;
    private readonly int[] fetchedAt;
    private int node;

    public RareInNode(RareRows rare, int rows, Pooled pooled)
    {
        this.rare = rare;
        words = new ulong[rare.Words][];
        for (var word = 0; word < words.Length; word++) words[word] = pooled.Rent<ulong>(rows + Block);
        (any, all, fetchedAt) = (new ulong[words.Length], new ulong[words.Length], new int[words.Length]);
        Places = pooled.Rent<int>(rows);
        Rows = pooled.Rent<int>(rows);
    }

    /// <summary>The positions of the last listed rare rows, relative to the node's start.</summary>
    public int[] Places { get; }

    /// <summary>Those rows.</summary>
    public int[] Rows { get; }

    /// <summary>Makes another node the current one. Nothing is known of it.</summary>
    public void Enter() => node++;

    /// <summary>Whether the node has rows that differ from the most frequent value.</summary>
    public Rare Ask(int column, ReadOnlySpan<int> nodeRows)
    {
        var bit = rare.BitOf[column];
        if (bit < 0) return Rare.Unknown;
        var word = bit >> 6;
        if (fetchedAt[word] != node) Fetch(word, nodeRows);
        return ((any[word] >> bit) & 1) == 0 ? Rare.None : ((all[word] >> bit) & 1) == 0 ? Rare.Some : Rare.Unknown;
    }

    /// <summary>Lists the rows of the node that differ from the most frequent value, ascending. Returns their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe int List(int column, ReadOnlySpan<int> nodeRows)
    {
        var bit = rare.BitOf[column];
        var (found, i, shift) = (0, 0, 63 - (bit & 63));
        fixed (ulong* word = words[bit >> 6])
        fixed (int* row = nodeRows, place = Places, rows = Rows)
        {
            for (; i < nodeRows.Length; i += Block)
            {
                var (mask, left) = (0UL, nodeRows.Length - i);
                for (var part = 0; part < Math.Min(left, Block); part += Vector256<ulong>.Count)
                {
                    mask |= (ulong)Vector256.ShiftLeft(Vector256.Load(word + i + part), shift).ExtractMostSignificantBits() << part;
                }

                if (left < Block) mask &= (1UL << left) - 1;
                for (; mask != 0; mask &= mask - 1)
                {
                    var at = i + (int)ulong.TrailingZeroCount(mask);
                    place[found] = at;
                    rows[found++] = row[at];
                }
            }
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Fetch(int word, ReadOnlySpan<int> nodeRows)
    {
        var (some, every) = (0UL, ulong.MaxValue);
        var (count, stride) = (nodeRows.Length, (long)rare.Words);
        fixed (ulong* from = &rare.Bits[word], to = words[word])
        fixed (int* row = nodeRows)
        {
            for (var i = 0; i < count; i++)
            {
                var bits = from[row[i] * stride];
                to[i] = bits;
                some |= bits;
                every &= bits;
            }
        }

        (any[word], all[word], fetchedAt[word]) = (some, every, node);
    }
}
