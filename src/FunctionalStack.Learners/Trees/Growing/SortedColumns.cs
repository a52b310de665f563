using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The rows of a tree sorted by each column of many distinct values. Splitting a node divides the rows of every column and keeps their
/// order, so that a node is never sorted (SPRINT: Shafer, Agrawal and Mehta 1996). Where most columns are candidates at each node this
/// costs less than sorting: a tree of California housing took 46 ms with a sort per node and column.
/// </summary>
internal sealed class SortedColumns
{
    private readonly ulong[]?[] columns;
    private readonly ulong[] spare;
    private readonly byte[] side;

    /// <summary>Sorts the rows of a tree.</summary>
    /// <param name="whole">All rows sorted by each column; null for columns that are not sorted.</param>
    /// <param name="rows">The rows of the tree.</param>
    /// <param name="rowCount">The number of all rows.</param>
    /// <param name="pooled">The source of buffers.</param>
    public SortedColumns(ulong[]?[] whole, ReadOnlySpan<int> rows, int rowCount, Pooled pooled)
    {
        columns = new ulong[whole.Length][];
        spare = pooled.Rent<ulong>(rows.Length);
        side = pooled.Rent<byte>(rowCount);
        side.AsSpan(0, rowCount).Clear();
        foreach (var row in rows) side[row] = 1;
        for (var column = 0; column < columns.Length; column++)
        {
            if (whole[column] is not { } from) continue;
            var to = columns[column] = pooled.Rent<ulong>(rows.Length + 1);
            var count = 0;
            foreach (var row in from)
            {
                to[count] = row;
                count += side[SortedRow.Row(row)];
            }
        }
    }

    /// <summary>Whether rows are sorted by a column.</summary>
    public bool Has(int column) => columns[column] is not null;

    /// <summary>The rows of a node, ascending by rank.</summary>
    public ReadOnlySpan<ulong> Of(int column, int start, int count) => columns[column].AsSpan(start, count);

    /// <summary>Divides the rows of a node in each column like <paramref name="rows"/>, where they are divided already.</summary>
    /// <param name="rows">The rows of the tree; those of the left child before those of the right one.</param>
    /// <param name="start">The start of the left child.</param>
    /// <param name="middle">The start of the right child.</param>
    /// <param name="end">The end of the right child.</param>
    /// <param name="live">The columns to divide: the others are constant in the node.</param>
    /// <param name="split">The column of the split, in which the rows are divided already.</param>
    public void Divide(ReadOnlySpan<int> rows, int start, int middle, int end, ReadOnlySpan<int> live, int split)
    {
        for (var i = start; i < middle; i++) side[rows[i]] = 1;
        for (var i = middle; i < end; i++) side[rows[i]] = 0;
        foreach (var column in live)
        {
            if (column != split && columns[column] is { } order) Divide(order.AsSpan(start, end - start));
        }
    }

    // Branch-free, since the branches would be unpredictable.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Divide(Span<ulong> order)
    {
        var (left, right) = (0, 0);
        fixed (ulong* here = order, others = spare)
        fixed (byte* sides = side)
        {
            for (var i = 0; i < order.Length; i++)
            {
                var row = here[i];
                here[left] = row;
                others[right] = row;
                var goesLeft = (int)sides[SortedRow.Row(row)];
                left += goesLeft;
                right += 1 - goesLeft;
            }
        }

        spare.AsSpan(0, right).CopyTo(order[left..]);
    }

    /// <summary>All rows sorted by each column that is worth it; null if none is.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="candidates">The number of columns tried at each node.</param>
    /// <param name="work">Threads that help.</param>
    public static ulong[]?[]? Whole(RankedColumn[] columns, int rows, int candidates, WorkSharing work)
    {
        var wide = columns.Count(column => column.IsWide);
        return wide == 0 || candidates * LeastShare < columns.Length || (long)wide * rows > MostCells ? null
            : work.Map(columns.Length, column => columns[column].IsWide ? Sorted(columns[column], rows) : null);
    }

    /// <summary>Dividing costs about a third of sorting.</summary>
    private const int LeastShare = 3;

    /// <summary>The most rows of all sorted columns: 64 MB of all rows, and as much again for each tree that is grown at a time.</summary>
    private const long MostCells = 1 << 23;

    /// <summary>The maximum memory of the sorted rows of all columns.</summary>
    public static long Bytes(int rows, int columns) => sizeof(ulong) * Math.Min((long)rows * columns, MostCells);

    private static ulong[] Sorted(RankedColumn column, int rows)
    {
        var codes = column.Codes(rows);
        var ends = new int[column.Distinct.Length + 1];
        foreach (var code in codes) ends[code + 1]++;
        for (var code = 1; code < ends.Length; code++) ends[code] += ends[code - 1];
        var sorted = new ulong[rows];
        for (var row = 0; row < rows; row++) sorted[ends[codes[row]]++] = SortedRow.Of(codes[row], row);
        return sorted;
    }
}
