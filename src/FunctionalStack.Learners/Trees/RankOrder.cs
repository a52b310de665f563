using System.Numerics;
using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// Puts a node's rows into the order of their ranks without comparing: a bit for each rank that occurs, found again
/// lowest first through a second layer of bits, and a chain of the rows of each rank. Linear in the rows.
/// </summary>
internal sealed class RankOrder
{
    private readonly ulong[] occurs;
    private readonly ulong[] wordOccurs;
    private readonly int[] head;
    private readonly int[] next;
    private readonly int[] order;

    /// <param name="ranks">No column has more ranks.</param>
    /// <param name="rows">No node has more rows.</param>
    /// <param name="pooled">Where buffers come from.</param>
    public RankOrder(int ranks, int rows, Pooled pooled)
    {
        occurs = new ulong[ranks / 64 + 1];
        wordOccurs = new ulong[occurs.Length / 64 + 1];
        head = pooled.Rent<int>(ranks);
        next = pooled.Rent<int>(rows);
        order = pooled.Rent<int>(rows);
    }

    /// <summary>Positions in <paramref name="codes"/>, ascending by code. Valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe ReadOnlySpan<int> Of(ReadOnlySpan<int> codes, int low, int high)
    {
        fixed (ulong* bits = occurs, words = wordOccurs)
        fixed (int* ranks = codes, first = head, after = next, sorted = order)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                var code = ranks[i] - low;
                var word = code >> 6;
                var known = bits[word];
                // The chain ends (-1) where the rank is new; its head is whatever an earlier node left there.
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
                        for (var i = first[(word << 6) + BitOperations.TrailingZeroCount(inBits)]; i >= 0; i = after[i]) sorted[count++] = i;
                    }

                    bits[word] = 0;
                }

                words[outer] = 0;
            }

            return order.AsSpan(0, count);
        }
    }
}
