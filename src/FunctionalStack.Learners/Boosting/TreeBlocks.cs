using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// A tree laid out for 64 rows at a time. All splits are asked of all 64 rows, level by level: a split's column is compared as one vector, and
/// which rows go right is a word of 64 bits. There is no branch to foresee and no row waits for its node, so that asking too much
/// costs less than walking does. The rows' turns, a bit a level, are the number of the leaf.
/// </summary>
internal sealed class TreeBlocks
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 64;

    /// <summary>A deeper tree's table of leaves would be larger than caches like.</summary>
    public const int MostDepth = 12;

    /// <summary>Words of scratch: which rows are in each node of two levels, and each row's leaf.</summary>
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

        // Nodes of a level, in order, with the number of the leaf furthest left in each.
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

                // Missing values are code 0. Where they go right, codes are counted from 1, so that 0 wraps round to the highest.
                var from = isSet || missingLeft[node] != 0 ? 0 : 1;
                splits[at++] = new(feature[node], (byte)(isSet ? missingLeft[node] : code[node] - from), (byte)from, (ushort)slots.Item1, (ushort)slots.Item2, isSet ? code[node] : -1);
                levels[level]++;
            }

            (here, next) = (next, here);
        }

        // Where a child's rows are kept: among the splits of the next level, or, for a leaf, where nobody looks.
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

    /// <summary>Adds the tree's values to the scores of 64 rows, or of those named.</summary>
    /// <param name="codes">Where each column's codes of these rows are.</param>
    /// <param name="row">The first row's place behind that.</param>
    /// <param name="scores">The first row's score.</param>
    /// <param name="named">A bit a row.</param>
    /// <param name="factor">What values are multiplied by.</param>
    /// <param name="room">For <see cref="RoomFor"/> words.</param>
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
                        ? Vector512.GreaterThan(Vector512.Load(column) - Vector512.Create(split->From), Vector512.Create(split->Code)).ExtractMostSignificantBits()
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

    /// <summary>A byte of ones for each bit that is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Spread(ulong bits)
    {
        var bit = Vector512.Create(0x8040201008040201UL).AsByte();
        var eachEight = Vector512.Create(
            (bits & 0xFF) * 0x0101010101010101, (bits >> 8 & 0xFF) * 0x0101010101010101, (bits >> 16 & 0xFF) * 0x0101010101010101, (bits >> 24 & 0xFF) * 0x0101010101010101,
            (bits >> 32 & 0xFF) * 0x0101010101010101, (bits >> 40 & 0xFF) * 0x0101010101010101, (bits >> 48 & 0xFF) * 0x0101010101010101, (bits >> 56) * 0x0101010101010101).AsByte();
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

    /// <summary>A split: codes counted from one above another go right, into slots of the next level.</summary>
    private readonly record struct Split(int Feature, byte Code, byte From, ushort Left, ushort Right, int Set);
}
