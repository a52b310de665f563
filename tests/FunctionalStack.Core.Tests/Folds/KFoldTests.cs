using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class KFoldTests
{
    [Property]
    public void Sizes_are_within_one_and_larger_folds_come_first(AnyData any, byte k, Seed seed, bool shuffle)
    {
        var count = 2 + k % (any.Data.RowCount - 1);
        var sizes = new FoldPlan.KFold(count, shuffle ? seed : null).Split(any.Data.Roles).OrThrow().Select(fold => fold.Holdout.Count)
            .ToArray();
        Assert.Equal(count, sizes.Length);
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.InRange(sizes[0] - sizes[^1], 0, 1);
    }

    [Property]
    public void Unshuffled_folds_are_runs_of_rows(AnyData any, byte k) =>
        Assert.Equal(Enumerable.Range(0, any.Data.RowCount),
            new FoldPlan.KFold(2 + k % (any.Data.RowCount - 1)).Split(any.Data.Roles).OrThrow().SelectMany(fold => fold.Holdout));

    [Fact]
    public void Another_seed_shuffles_otherwise()
    {
        var roles = Some.Values(50);
        Assert.NotEqual(new FoldPlan.KFold(5, Seed.Of(1)).Split(roles), new FoldPlan.KFold(5, Seed.Of(2)).Split(roles));
        Assert.NotEqual(new FoldPlan.KFold(5).Split(roles), new FoldPlan.KFold(5, Seed.Of(2)).Split(roles));
    }

    [Fact]
    public void As_many_folds_as_rows_leave_one_row_out_each() =>
        Assert.Equal(EquatableArray.Of(new Fold([1, 2], [0]), new Fold([0, 2], [1]), new Fold([0, 1], [2])),
            new FoldPlan.KFold(3).Split(Some.Values(3)).OrThrow());

    [Fact]
    public void Fewer_than_2_folds_and_more_folds_than_rows_are_refused()
    {
        Some.Refused("1 folds were requested", new FoldPlan.KFold(1), Some.Values(5));
        Some.Refused("-3 folds were requested", new FoldPlan.KFold(-3), Some.Values(5));
        Some.Refused("6 folds were requested, but there are only 5 rows", new FoldPlan.KFold(6), Some.Values(5));
        Some.Refused("2 folds were requested, but there are only 0 rows", new FoldPlan.KFold(2), Some.Values(0));
    }
}
