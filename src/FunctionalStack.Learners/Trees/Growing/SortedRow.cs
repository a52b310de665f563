using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>A row, or its place in a node, and its rank in a column as one number, which orders rows by rank.</summary>
internal static class SortedRow
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(int rank, int row) => ((ulong)rank << 32) | (uint)row;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rank(ulong sorted) => (int)(sorted >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Row(ulong sorted) => (int)sorted;
}
