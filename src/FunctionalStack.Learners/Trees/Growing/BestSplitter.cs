namespace FunctionalStack.Learners;

/// <summary>The best split of a node by a column (CART: Breiman et al. 1984), halfway between two adjacent values.</summary>
internal sealed class BestSplitter<TRow>(Partition<TRow> rows, SplitCriterion<TRow> criterion) : Splitter<TRow>
    where TRow : unmanaged
{
    private readonly TreeData data = rows.Data;

    public override (Split Split, double At) Try(int column, int start, int count, NodeBits stored) => (Best(column, start, count), 0);

    public override (Split Split, double At) Finish(int column, Split split, double at) =>
        (split, data.Columns[column].Threshold(split.Low, split.High));

    private Split Best(int column, int start, int count)
    {
        if (rows.Sorted is { } sorted && sorted.Has(column))
        {
            var order = sorted.Of(column, start, count);
            return SortedRow.Rank(order[0]) == SortedRow.Rank(order[^1]) ? Split.Constant
                : criterion.BestOfSorted(order, rows.CarriedByRow, rows.Limits.LeftSizes(count));
        }

        var values = data.Columns[column];
        var here = rows.Rows.AsSpan(start, count);
        switch (rows.Rare?.Ask(column, here) ?? Rare.Unknown)
        {
            case Rare.None:
                return Split.Constant;

            // The weight of the other rows is a difference, which is exact for integers.
            case Rare.Some when data.Weights is null && criterion.SumsRare(values, count):
                var found = rows.Rare!.List(column, here);
                return criterion.BestOfRare(values, start, count, rows.Rare.Places.AsSpan(0, found), rows.Rare.Rows);

            default:
                return criterion.Best(values, start, count);
        }
    }
}
