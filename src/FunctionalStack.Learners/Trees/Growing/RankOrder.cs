using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Sorts a node's rows by rank without comparisons: a bit for each rank that occurs, enumerated
/// in order by a second layer of bits, and a linked list of the rows of each rank. Linear in the rows.
/// </summary>
internal sealed class RankOrder
{
    private readonly ulong[] occurs;
    private readonly ulong[] wordOccurs;
    private readonly int[] head;
    private readonly int[] next;
    private readonly ulong[] order;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="ranks">The maximum number of ranks of a column.</param>
    /// <param name="rows">The maximum number of rows of a node.</param>
    /// <param name="pooled">The source of buffers.</param>
    public RankOrder(int ranks, int rows, Pooled pooled)
    {
        occurs = new ulong[ranks / 64 + 1];
        wordOccurs = new ulong[occurs.Length / 64 + 1];
        head = pooled.Rent<int>(ranks);
        next = pooled.Rent<int>(rows);
        order = pooled.Rent<ulong>(rows);
    }

    /// <summary>The indices of <paramref name="codes"/>, ascending by code, each with its code (<see cref="SortedRow"/>). Valid until the
    /// next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe ReadOnlySpan<ulong> Of(ReadOnlySpan<int> codes, int low, int high)
    {
        fixed (ulong* bits = occurs, words = wordOccurs)
        fixed (int* ranks = codes, first = head, after = next)
        fixed (ulong* sorted = order)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                var code = ranks[i] - low;
                var word = code >> 6;
                var known = bits[word];
                // The list ends (-1) if the rank is new. Its head then still holds the value of an earlier node.
                after[i] = first[code] | ((int)((known >> code) & 1) - 1);
                first[code] = i;
                bits[word] = known | (1UL << code);
                words[word >> 6] |= 1UL << word;
            }

            var count = 0;
            for (var outer = 0; outer <= (high - low) >> 12; outer++)
            {
                for (var inWords = words[outer]; inWords != 0; inWords &= inWords - 1)
                {
                    var word = (outer << 6) + BitOperations.TrailingZeroCount(inWords);
                    for (var inBits = bits[word]; inBits != 0; inBits &= inBits - 1)
                    {
                        var code = (word << 6) + BitOperations.TrailingZeroCount(inBits);
                        for (var i = first[code]; i >= 0; i = after[i]) sorted[count++] = SortedRow.Of(code + low, i);
                    }

                    bits[word] = 0;
                }

                words[outer] = 0;
            }

            return order.AsSpan(0, count);
        }
    }
}
