using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>The out-of-bag rows of a tree, divided like the rows it is grown on, and the leaf that each reaches.</summary>
internal sealed class OutOfBagRows
{
    private readonly int[] rows;
    private readonly int[] spare;
    private readonly int[] codes;
    private readonly int[] leaves;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="rows">The rows; ownership is taken.</param>
    /// <param name="rowCount">The number of all rows.</param>
    /// <param name="pooled">The source of buffers.</param>
    public OutOfBagRows(int[] rows, int rowCount, Pooled pooled)
    {
        this.rows = rows;
        spare = pooled.Rent<int>(rows.Length);
        codes = pooled.Rent<int>(rows.Length);
        leaves = pooled.Rent<int>(rowCount);
    }

    public int Count => rows.Length;

    /// <summary>The rows, in the order of their leaves, and their leaves. Valid until the buffers are returned.</summary>
    public (int[] Rows, int[] Leaves) Leaves => (rows, Array.ConvertAll(rows, row => leaves[row]));

    /// <summary>Notes the leaf of the rows from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Reach(int leaf, int start, int end)
    {
        for (var i = start; i < end; i++) leaves[rows[i]] = leaf;
    }

    /// <summary>Moves the rows up to rank <paramref name="last"/> to the front, and returns the start of the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe int Divide(RankedColumn column, int last, int start, int end)
    {
        if (start == end) return start;
        var (left, over, count) = (0, 0, end - start);
        column.Gather(rows.AsSpan(start, count), codes);
        fixed (int* here = &rows[start], ranks = codes, others = spare)
        {
            for (var i = 0; i < count; i++)
            {
                var row = here[i];
                here[left] = row;
                others[over] = row;
                var goesLeft = (ranks[i] - last - 1) >>> 31;
                left += goesLeft;
                over += 1 - goesLeft;
            }
        }

        spare.AsSpan(0, over).CopyTo(rows.AsSpan(start + left));
        return start + left;
    }
}
