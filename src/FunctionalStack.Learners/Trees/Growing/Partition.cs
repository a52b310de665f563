using System.Runtime.CompilerServices;

namespace FunctionalStack.Learners;

/// <summary>
/// The rows of a tree. Those of a node are a contiguous range of one array, ascending, so that data gathered for them is contiguous too.
/// Splitting a node divides its range, and the rows sorted by column if there are any. Large and small nodes of extra trees are
/// sets of bits instead (<see cref="BitNodes"/>). All buffers are allocated once per tree, not per node.
/// </summary>
/// <typeparam name="TRow">The data of a row that is summed: its weight and its target.</typeparam>
internal sealed class Partition<TRow>
    where TRow : unmanaged
{
    private readonly int[] spareRows;
    private readonly TRow[] spare;
    private readonly TRow[] carriedByAll = [];
    private int[] chosenCodes;
    private int chosen;
    private bool ranked;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="data">The data shared by all trees.</param>
    /// <param name="rows">The rows of the tree, ascending; ownership is taken.</param>
    /// <param name="kinds">The number of population counts per split, for rows of equal weight; 0 if sums are not population
    /// counts.</param>
    public Partition(TreeData data, int[] rows, int kinds)
    {
        (Data, Rows) = (data, rows);
        Carried = Pooled.Rent<TRow>(rows.Length);
        spare = Pooled.Rent<TRow>(rows.Length);
        spareRows = Pooled.Rent<int>(rows.Length);
        Codes = Pooled.Rent<int>(rows.Length);
        chosenCodes = Pooled.Rent<int>(rows.Length);
        Limits = new(data.Rules, data.Times);
        Rare = data.Rare is { } rare ? new(rare, rows.Length, Pooled) : null;
        if (kinds > 0 && data.Rules.RandomSplits && data.Weights is null && data.Times is null && rows.Length == data.RowCount)
        {
            Bits = new(data.Columns, rows.Length, kinds, Pooled);
            carriedByAll = Pooled.Rent<TRow>(rows.Length);
        }

        if (data.Sorted is not { } whole) return;
        Sorted = new(whole, rows, data.RowCount, Pooled);
        CarriedByRow = Pooled.Rent<TRow>(data.RowCount);
    }

    public TreeData Data { get; }

    /// <summary>The source of buffers, which are returned when the tree is grown.</summary>
    public Pooled Pooled { get; } = new();

    public RowLimits Limits { get; }

    public int[] Rows { get; }

    /// <summary>The data of each row, in the order of <see cref="Rows"/>.</summary>
    public TRow[] Carried { get; }

    /// <summary>The data of each row, by row; only with <see cref="Sorted"/>.</summary>
    public TRow[] CarriedByRow { get; } = [];

    /// <summary>A buffer for the ranks of a node's rows.</summary>
    public int[] Codes { get; private set; }

    /// <summary>The rows that differ from the most frequent value of a column; null if not used.</summary>
    public RareInNode? Rare { get; }

    /// <summary>The rows sorted by column; null if nodes are not sorted.</summary>
    public SortedColumns? Sorted { get; }

    /// <summary>The nodes stored as bits; null if all are lists.</summary>
    public BitNodes? Bits { get; }

    /// <summary>The root: all rows as bits, unless the tree is better grown from a list of rows.</summary>
    public NodeBits Root(SplitCriterion<TRow> criterion)
    {
        if (Sorted is not null)
        {
            for (var i = 0; i < Rows.Length; i++) CarriedByRow[Rows[i]] = Carried[i];
        }

        if (Bits is null || !Bits.AreMany(Rows.Length)) return default;
        Carried.AsSpan(0, Rows.Length).CopyTo(carriedByAll);
        criterion.TakeBits(0, Rows.Length, true);
        return Bits.All(Rows.Length);
    }

    /// <summary>The best storage of a node: a list once a pass over all rows is too expensive, and bits again if the node is
    /// small.</summary>
    public NodeBits BitsOf(NodeBits stored, int start, int end, SplitCriterion<TRow> criterion)
    {
        if (Bits is null || stored.Few != 0 || (stored.All is not null && Bits.AreMany(end - start))) return stored;
        var here = Rows.AsSpan(start, end - start);
        if (stored.All is not null)
        {
            Bits.List(stored, here);
            for (var i = start; i < end; i++) Carried[i] = carriedByAll[Rows[i]];
        }

        if (!BitNodes.AreFew(here.Length)) return default;
        criterion.TakeBits(start, here.Length, false);
        return Bits.Few(here);
    }

    /// <summary>Prepares queries about the columns of a node.</summary>
    public void Open(NodeBits stored)
    {
        chosen = -1;
        if (stored.IsList) Rare?.Enter();
        else Bits!.Open();
    }

    /// <summary>Writes the ranks of the node's rows to <see cref="Codes"/>. Returns the lowest and the highest.</summary>
    public (int Low, int High) Rank(RankedColumn column, int start, int count)
    {
        ranked = true;
        return column.Gather(Rows.AsSpan(start, count), Codes);
    }

    /// <summary>Forgets which column's ranks are in <see cref="Codes"/>.</summary>
    public void Forget() => ranked = false;

    /// <summary>Keeps the split that was tried last as the best one so far: the rows are divided by its ranks, which are not loaded
    /// again.</summary>
    public void Keep(int column, NodeBits stored)
    {
        if (!stored.IsList) Bits!.Keep();
        (chosen, Codes, chosenCodes) = ranked ? (column, chosenCodes, Codes) : (-1, Codes, chosenCodes);
    }

    /// <summary>Divides a node. The rows up to rank <paramref name="last"/> come first.</summary>
    /// <returns>The children as bits, if the node is, and the number of rows on the left.</returns>
    public (NodeBits Left, NodeBits Right, int OnLeft) Divide(
        int column, int last, int start, int end, NodeBits stored, ReadOnlySpan<int> live)
    {
        if (!stored.IsList) return Bits!.Divide();
        var onLeft = Divide(column, last, start, end);
        if (end - start >= Data.Rules.MinSamplesSplit) Sorted?.Divide(Rows, start, start + onLeft, end, live, column);
        return (default, default, onLeft);
    }

    /// <summary>Both parts keep their order. Branch-free, since the branches would be unpredictable.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int Divide(int column, int last, int start, int end)
    {
        var (left, over, count) = (0, 0, end - start);
        if (chosen != column) RankAgain(column, start, count);
        fixed (int* here = &Rows[start], ranks = chosen == column ? chosenCodes : Codes, otherRows = spareRows)
        fixed (TRow* carried = &Carried[start], others = spare)
        {
            for (var i = 0; i < count; i++)
            {
                var (row, carry) = (here[i], carried[i]);
                here[left] = row;
                carried[left] = carry;
                otherRows[over] = row;
                others[over] = carry;
                var goesLeft = (ranks[i] - last - 1) >>> 31;
                left += goesLeft;
                over += 1 - goesLeft;
            }
        }

        spareRows.AsSpan(0, over).CopyTo(Rows.AsSpan(start + left));
        spare.AsSpan(0, over).CopyTo(Carried.AsSpan(start + left));
        return left;
    }

    /// <summary>Writes the ranks of the node's rows to <see cref="Codes"/>. Rows known to have the most frequent rank are not
    /// loaded.</summary>
    private void RankAgain(int column, int start, int count)
    {
        var values = Data.Columns[column];
        var here = Rows.AsSpan(start, count);
        if ((Rare?.Ask(column, here) ?? Learners.Rare.Unknown) != Learners.Rare.Some)
        {
            values.Gather(here, Codes);
            return;
        }

        var found = Rare!.List(column, here);
        values.Gather(Rare.Rows.AsSpan(0, found), Rare.Rows);
        Codes.AsSpan(0, count).Fill(values.Common);
        for (var i = 0; i < found; i++) Codes[Rare.Places[i]] = Rare.Rows[i];
    }
}
