namespace FunctionalStack.Learners;

/// <summary>
/// How good the splits of a node are, from the summed data of rows: for classes (<see cref="ClassCriterion{TRow, TSum, TSums}"/>), or for
/// numbers and two classes (<see cref="MomentCriterion{TSums, TMoments}"/>). It works on the current node, the last one entered.
/// </summary>
/// <typeparam name="TRow">The data of a row that is summed: its weight and its target.</typeparam>
/// <param name="rows">The rows of the tree.</param>
internal abstract class SplitCriterion<TRow>(Partition<TRow> rows)
    where TRow : unmanaged
{
    private readonly RankOrder order = new(rows.Data.MostRanks, rows.Rows.Length, rows.Pooled);

    /// <summary>The rows of the tree.</summary>
    protected Partition<TRow> Rows { get; } = rows;

    /// <summary>The outputs of the leaves so far.</summary>
    public PooledList<double> Outputs { get; } = new();

    /// <summary>Converts the data of some rows to bits: of all rows (once), or of a small node, replacing the previous one.</summary>
    public abstract void TakeBits(int start, int count, bool all);

    /// <summary>Sums the data of a node's rows. Returns whether all have the same target.</summary>
    public abstract bool Enter(int start, int count);

    /// <summary>Like <see cref="Enter(int, int)"/>, for a subset of the rows converted to bits: of all rows, or of a small node.</summary>
    public abstract bool Enter(ReadOnlySpan<ulong> node, int count, bool all);

    /// <summary>The best split of the node by a column. Ties go to the lowest.</summary>
    public abstract Split Best(RankedColumn column, int start, int count);

    /// <summary>Whether <see cref="BestOfRare"/> supports a column in a node of <paramref name="count"/> rows.</summary>
    public abstract bool SumsRare(RankedColumn column, int count);

    /// <summary>Like <see cref="Best"/>, reading only rows that differ from the column's most frequent rank.</summary>
    /// <param name="column">A column that is not constant in the node. Some rows have the most frequent rank.</param>
    /// <param name="start">The start of the node.</param>
    /// <param name="count">The number of rows of the node.</param>
    /// <param name="places">The positions of the rows with another rank, relative to the start.</param>
    /// <param name="rareRows">Those rows.</param>
    public abstract Split BestOfRare(RankedColumn column, int start, int count, ReadOnlySpan<int> places, int[] rareRows);

    /// <summary>Like <see cref="Best"/>, for sorted rows of at least two ranks.</summary>
    /// <param name="sorted">The rows of the node, ascending by rank.</param>
    /// <param name="carried">Their data, by the rows of <paramref name="sorted"/>.</param>
    /// <param name="sizes">The least and the largest number of rows that may go left.</param>
    public abstract Split BestOfSorted(ReadOnlySpan<ulong> sorted, ReadOnlySpan<TRow> carried, (int Least, int Most) sizes);

    /// <summary>Like <see cref="Best"/>, for the column whose ranks are in <see cref="Partition{TRow}.Codes"/>: sorts the rows.</summary>
    protected Split BestByOrder(int start, int count, int low, int high)
    {
        var ordered = order.Of(Rows.Codes.AsSpan(0, count), low, high);
        return BestOfSorted(ordered, Rows.Carried.AsSpan(start, count), Rows.Limits.LeftSizes(Rows.Rows.AsSpan(start, count), ordered));
    }

    /// <summary>
    /// The score of the split of the node after rank <paramref name="last"/> of the column whose ranks are in
    /// <see cref="Partition{TRow}.Codes"/>. Negative infinity if a side has too few rows.
    /// </summary>
    public abstract double Score(int start, int count, int last);

    /// <summary>Like <see cref="Score(int, int, int)"/>, with the rows of at most <paramref name="threshold"/> on the left.</summary>
    public abstract double Score(ReadOnlySpan<double> values, double threshold, int start);

    /// <summary>Like <see cref="Score(int, int, int)"/>, with those rows on the left.</summary>
    public abstract double Score(ReadOnlySpan<ulong> left, int count);

    /// <summary>Like <see cref="Score(int, int, int)"/>, with only the ranks of the rare rows at <paramref name="places"/>, and whether all
    /// others go left.</summary>
    public abstract double ScoreOfRare(int start, int count, ReadOnlySpan<int> places, int last, bool othersLeft);

    /// <summary>The impurity reduction of a split with that score, times the weight of the node.</summary>
    public abstract double Gain(double score);

    /// <summary>Adds the outputs of the node, a leaf.</summary>
    public abstract void AddOutputs(int start, int count);
}
