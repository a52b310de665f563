using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>One step of a row down a tree, whose nodes are those of many trees in one array.</summary>
internal interface ITreeStep
{
    /// <summary>The next node; for a leaf, the complement of its number.</summary>
    int Next(int node);
}

/// <summary>
/// Walks several trees at a time with one row: while one waits for its node, the others continue, and one that is at its leaf is replaced
/// by the next tree.
/// </summary>
internal static class TreeLanes
{
    /// <summary>The number of trees walked together.</summary>
    private const int Lanes = 16;

    /// <summary>Writes the number of each tree's leaf, in the order of the trees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Walk<TStep>(TStep step, ReadOnlySpan<int> roots, Span<int> leaves) where TStep : struct, ITreeStep
    {
        var at = stackalloc int[Lanes];
        var tree = stackalloc int[Lanes];
        fixed (int* root = roots, found = leaves)
        {
            var (count, active) = (roots.Length, Math.Min(Lanes, roots.Length));
            for (var i = 0; i < active; i++) (at[i], tree[i]) = (root[i], i);
            for (var next = active; active > 0;)
            {
                for (var i = 0; i < active; i++)
                {
                    var node = step.Next(at[i]);
                    if (node >= 0)
                    {
                        at[i] = node;
                        continue;
                    }

                    found[tree[i]] = ~node;
                    if (next < count)
                    {
                        (at[i], tree[i]) = (root[next], next);
                        next++;
                        continue;
                    }

                    active--;
                    (at[i], tree[i]) = (at[active], tree[active]);
                    i--;
                }
            }
        }
    }
}
