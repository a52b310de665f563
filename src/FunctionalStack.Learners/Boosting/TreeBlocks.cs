using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// A tree arranged to predict 64 rows at a time. All splits are evaluated for all 64 rows, level by level: a split's column is compared as
/// one vector, and
/// the result is a 64-bit mask of the rows that go right. There are no unpredictable branches and no waiting for loads, so evaluating too
/// many
/// splits is cheaper than walking the tree. The directions of a row, one bit per level, form the index of its leaf.
/// </summary>
internal sealed class TreeBlocks
{
    /// <summary>The number of rows in a block.</summary>
    public const int Rows = 64;

    /// <summary>The leaf table of a deeper tree would not fit in the cache.</summary>
    public const int MostDepth = 12;

    /// <summary>The number of 64-bit words of scratch memory: the row masks of the nodes of two levels, and each row's leaf.</summary>
    public const int RoomFor = (2 << MostDepth) + 2 * Rows / sizeof(ulong);

    private readonly int[] levels;
    private readonly Split[] splits;
    private readonly double[] values;
    private readonly int[] sets;

    public TreeBlocks(BoostedTree tree, EquatableArray<BoostedColumn> columns)
    {
        var depth = tree.Depth;
        (levels, splits, values, sets) = (new int[depth], new Split[tree.LeafCount - 1], new double[1 << depth], tree.Sets.ToArray());
        var (feature, code, missingLeft, right) = (tree.Feature, tree.Code, tree.MissingLeft, tree.Right);

        // The nodes of a level, in order, with the index of the leftmost leaf below each.
        var (here, next) = (new List<(int Node, int Leaf)> { (0, 0) }, new List<(int Node, int Leaf)>());
        if (feature[0] < 0) values[0] = tree.Value[0];
        for (var (level, at) = (0, 0); level < depth; level++)
        {
            next.Clear();
            foreach (var (node, leaf) in here)
            {
                if (feature[node] < 0) continue;
                var slots = (Child(node + 1, leaf), Child(right[node], leaf | 1 << (depth - 1 - level)));
                var isSet = columns[feature[node]].IsCategorical;

                // Missing values have code 0. If they go right, 1 is subtracted, so that 0 wraps around to the highest code.
                var from = isSet || missingLeft[node] != 0 ? 0 : 1;
                splits[at++] =
                    new(feature[node], (byte)(isSet ? missingLeft[node] : code[node] - from), (byte)from, (ushort)slots.Item1,
                        (ushort)slots.Item2, isSet ? code[node] : -1);
                levels[level]++;
            }

            (here, next) = (next, here);
        }

        // The slot of a child's row mask: among the splits of the next level, or an unused slot for a leaf.
        int Child(int node, int leaf)
        {
            if (feature[node] < 0)
            {
                values[leaf] = tree.Value[node];
                return (1 << MostDepth) - 1;
            }

            next.Add((node, leaf));
            return next.Count - 1;
        }
    }

    /// <summary>Adds the tree's values to the scores of the selected ones of 64 rows.</summary>
    /// <param name="codes">The codes of each column.</param>
    /// <param name="row">The index of the first row.</param>
    /// <param name="scores">The score of the first row.</param>
    /// <param name="named">One bit per selected row.</param>
    /// <param name="factor">The factor of the values.</param>
    /// <param name="room"><see cref="RoomFor"/> words of scratch memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void AddTo(byte** codes, nint row, double* scores, ulong named, double factor, ulong* room)
    {
        ulong* first = room, second = room + (1 << MostDepth);
        byte* lows = (byte*)(room + (2 << MostDepth)), highs = lows + Rows;
        var (low, high) = (Vector512<byte>.Zero, Vector512<byte>.Zero);
        first[0] = ulong.MaxValue;
        fixed (Split* all = splits)
        {
            var split = all;
            for (var level = 0; level < levels.Length; level++)
            {
                var turns = 0UL;
                for (var i = 0; i < levels[level]; i++, split++)
                {
                    var column = codes[split->Feature] + row;
                    var goes = split->Set < 0
                        ? Vector512.GreaterThan(Vector512.Load(column) - Vector512.Create(split->From), Vector512.Create(split->Code))
                        .ExtractMostSignificantBits()
                        : RightOfSet(split, column);
                    var (rows, toRight) = (first[i], goes & first[i]);
                    second[split->Left] = rows ^ toRight;
                    second[split->Right] = toRight;
                    turns |= toRight;
                }

                var spread = Spread(turns);
                var bit = levels.Length - 1 - level;
                if (bit < 8) low |= spread & Vector512.Create((byte)(1 << bit));
                else high |= spread & Vector512.Create((byte)(1 << (bit - 8)));
                var swapped = first;
                first = second;
                second = swapped;
            }
        }

        low.Store(lows);
        high.Store(highs);
        fixed (double* value = values)
        {
            if (named == ulong.MaxValue && levels.Length <= 8)
            {
                for (var i = 0; i < Rows; i++) scores[i] += value[lows[i]] * factor;
                return;
            }

            for (; named != 0; named &= named - 1)
            {
                var i = BitOperations.TrailingZeroCount(named);
                scores[i] += value[lows[i] | (highs[i] << 8)] * factor;
            }
        }
    }

    /// <summary>Expands each set bit to a byte of ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Spread(ulong bits)
    {
        var bit = Vector512.Create(0x8040201008040201UL).AsByte();
        var eachEight = Vector512.Create(
            (bits & 0xFF) * 0x0101010101010101, (bits >> 8 & 0xFF) * 0x0101010101010101, (bits >> 16 & 0xFF) * 0x0101010101010101,
            (bits >> 24 & 0xFF) * 0x0101010101010101,
            (bits >> 32 & 0xFF) * 0x0101010101010101, (bits >> 40 & 0xFF) * 0x0101010101010101, (bits >> 48 & 0xFF) * 0x0101010101010101,
                (bits >> 56) * 0x0101010101010101).AsByte();
        return Vector512.Equals(eachEight & bit, bit);
    }

    private unsafe ulong RightOfSet(Split* split, byte* column)
    {
        var right = 0UL;
        var set = sets.AsSpan(split->Set * BoostedTree.WordsASet, BoostedTree.WordsASet);
        for (var i = 0; i < Rows; i++)
        {
            int code = column[i];
            var left = code == 0 ? split->Code : set[code >> 5] >> code & 1;
            right |= (ulong)(1 - left) << i;
        }

        return right;
    }

    /// <summary>A split: a row goes right if its code minus From, modulo 256, exceeds Code. Left and Right are the slots of the children in
    /// the next level.</summary>
    private readonly record struct Split(int Feature, byte Code, byte From, ushort Left, ushort Right, int Set);
}
