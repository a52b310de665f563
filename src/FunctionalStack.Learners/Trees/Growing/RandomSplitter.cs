using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Learners;

/// <summary>
/// A split of a node by a column at a threshold drawn uniformly between the minimum and the maximum (Geurts, Ernst &amp;
/// Wehenkel 2006, table 1).
/// </summary>
internal sealed class RandomSplitter<TRow> : Splitter<TRow>
    where TRow : unmanaged
{
    private readonly Partition<TRow> rows;
    private readonly SplitCriterion<TRow> criterion;
    private readonly TreeData data;
    private readonly double[] numbers = [];
    private RandomStream random;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="rows">The rows of the tree.</param>
    /// <param name="criterion">The criterion.</param>
    /// <param name="seed">The seed of the thresholds.</param>
    public RandomSplitter(Partition<TRow> rows, SplitCriterion<TRow> criterion, Seed seed)
    {
        (this.rows, this.criterion, data, random) = (rows, criterion, rows.Data, seed.Stream());
        if (data.Values is not null) numbers = rows.Pooled.Rent<double>(rows.Rows.Length);
    }

    public override (Split Split, double At) Try(int column, int start, int count, NodeBits stored)
    {
        rows.Forget();
        if (!stored.IsList) return DrawBits(column, count);
        var values = data.Columns[column];
        var here = rows.Rows.AsSpan(start, count);
        switch (rows.Rare?.Ask(column, here) ?? Rare.Unknown)
        {
            case Rare.None:
                return (Split.Constant, 0);

            // The weight of the other rows is a difference, which is exact for integers.
            case Rare.Some when data.Weights is null:
                return DrawRare(values, start, count, rows.Rare!.List(column, here));

            default:
                return data.Values?[column] is { } known ? Draw(known, start, count) : Draw(values, start, count);
        }
    }

    public override (Split Split, double At) Finish(int column, Split split, double at)
    {
        if (split.Low >= 0) return (split, at);
        var last = data.Columns[column].LastAtMost(at, 0, data.Columns[column].Distinct.Length - 1);
        return (new(split.Score, last, last + 1), at);
    }

    private (Split Split, double At) Draw(RankedColumn column, int start, int count)
    {
        var (low, high) = rows.Rank(column, start, count);
        if (low == high) return (Split.Constant, 0);
        var at = Between(column.Distinct[low], column.Distinct[high]);
        var last = column.LastAtMost(at, low, high);
        return (new(criterion.Score(start, count, last), last, last + 1), at);
    }

    /// <summary>Like <see cref="Draw(RankedColumn, int, int)"/>, for a column of many values: finding the rank of each threshold among them
    /// would take longer than the sums. The split has no ranks yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe (Split Split, double At) Draw(double[] values, int start, int count)
    {
        fixed (double* from = values, to = numbers)
        fixed (int* row = &rows.Rows[start])
        {
            for (var i = 0; i < count; i++) to[i] = from[row[i]];
        }

        var (low, high) = Range(numbers.AsSpan(0, count));
        if (low == high) return (Split.Constant, 0);
        var at = Between(low, high);
        return (new(criterion.Score(numbers.AsSpan(0, count), at, start), -1, -1), at);
    }

    private (Split Split, double At) DrawRare(RankedColumn column, int start, int count, int found)
    {
        var rare = rows.Rare!;
        var (low, high) = column.Gather(rare.Rows.AsSpan(0, found), rows.Codes);
        (low, high) = (Math.Min(low, column.Common), Math.Max(high, column.Common));
        var at = Between(column.Distinct[low], column.Distinct[high]);
        var last = column.LastAtMost(at, low, high);
        return (new(criterion.ScoreOfRare(start, count, rare.Places.AsSpan(0, found), last, column.Common <= last), last, last + 1), at);
    }

    private (Split Split, double At) DrawBits(int column, int count)
    {
        var bits = rows.Bits!;
        var (low, high) = bits.Range(column);
        if (low == high) return (Split.Constant, 0);
        var values = data.Columns[column];
        var at = Between(values.Distinct[low], values.Distinct[high]);
        var last = values.LastAtMost(at, low, high);
        return (new(criterion.Score(bits.AtMost(column, last), count), last, last + 1), at);
    }

    /// <summary>Uniform in [low, high).</summary>
    private double Between(double low, double high)
    {
        var share = random.NextDouble();
        var at = low * (1 - share) + high * share;
        return at >= low && at < high ? at : low;
    }

    /// <summary>The minimum and the maximum. Math.Min, which orders NaN too, takes four times as long.</summary>
    private static (double Low, double High) Range(ReadOnlySpan<double> values)
    {
        var (low, high, i) = (values[0], values[0], 1);
        if (values.Length >= 2 * Vector256<double>.Count)
        {
            var (least, most) = (Vector256.Create(values), Vector256.Create(values));
            for (i = Vector256<double>.Count; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
            {
                var here = Vector256.Create(values[i..]);
                (least, most) = (Vector256.MinNative(least, here), Vector256.MaxNative(most, here));
            }

            for (var lane = 0; lane < Vector256<double>.Count; lane++)
            {
                (low, high) = (double.MinNative(low, least[lane]), double.MaxNative(high, most[lane]));
            }
        }

        for (; i < values.Length; i++)
        {
            (low, high) = (double.MinNative(low, values[i]), double.MaxNative(high, values[i]));
        }

        return (low, high);
    }
}
