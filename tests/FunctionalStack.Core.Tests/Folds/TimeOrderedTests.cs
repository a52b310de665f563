using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class TimeOrderedTests
{
    [Property]
    public void Every_fold_is_fitted_on_all_rows_before_its_block_and_on_none_after(AnyData any, byte k)
    {
        var count = 2 + k % (any.Data.RowCount - 2);
        var folds = new FoldPlan.TimeOrdered(count).Split(any.Data.Roles).OrThrow();
        Assert.Equal(count, folds.Count);
        Assert.Single(folds.Select(fold => fold.Holdout.Count).Distinct());
        Assert.All(folds, fold => Assert.Equal(EquatableArray.Range(fold.Holdout[0]), fold.Train));
        Assert.Equal(Enumerable.Range(folds[0].Train.Count, any.Data.RowCount - folds[0].Train.Count),
            folds.SelectMany(fold => fold.Holdout));
        Assert.InRange(folds[0].Train.Count, folds[0].Holdout.Count, any.Data.RowCount);
    }

    // scikit-learn 1.2.1's TimeSeriesSplit(k).split, as the first rows held out and the size of a block.
    [Theory]
    [InlineData(6, 3, new[] { 3, 4, 5 }, 1)]
    [InlineData(11, 4, new[] { 3, 5, 7, 9 }, 2)]
    [InlineData(10, 2, new[] { 4, 7 }, 3)]
    public void Blocks_are_scikit_learns(int rows, int k, int[] starts, int block)
    {
        var folds = new FoldPlan.TimeOrdered(k).Split(Some.Values(rows)).OrThrow();
        Assert.Equal(starts, folds.Select(fold => fold.Holdout[0]));
        Assert.All(folds, fold => Assert.Equal(block, fold.Holdout.Count));
    }

    [Fact]
    public void As_many_folds_as_rows_are_refused()
    {
        Some.Refused("4 folds were requested, but there are only 3 rows after the first", new FoldPlan.TimeOrdered(4), Some.Values(4));
        Some.Refused("2 folds were requested, but there are only 0 rows after the first", new FoldPlan.TimeOrdered(2), Some.Values(0));
    }

    [Property]
    public void Training_rows_are_more_than_the_gap_before_held_out_rows_and_all_of_these_are_used(
        FsCheck.NonEmptyArray<byte> moments, byte k, byte gap, bool grouped)
    {
        var times = EquatableArray.From(moments.Get.Select(moment => moment % 16.0));
        var roles = new Roles(new Target.Numeric(times), Time: times,
            Groups: grouped ? EquatableArray.From(moments.Get.Select((_, row) => row % 5)) : null)
        { Gap = gap % 6 / 2.0 };
        if (new FoldPlan.Usual(2 + k % 3).Shuffled(Seed.Of(1)).Split(roles) is not Outcome<EquatableArray<Fold>>.Ok { Value: var folds })
            return;
        foreach (var fold in folds)
        {
            var start = fold.Holdout.Min(row => times[row]);
            var held = fold.Holdout.Select(row => roles.Groups?[row]).ToHashSet();
            Assert.Equal(Enumerable.Range(0, times.Count).Where(row =>
                times[row] < start - roles.Gap && !(grouped && held.Contains(roles.Groups?[row]))), fold.Train);
        }
    }

    [Fact]
    public void A_gap_of_one_moment_leaves_out_the_row_before_the_block()
    {
        var times = EquatableArray.From(Enumerable.Range(0, 6).Select(row => (double)row));
        var folds = new FoldPlan.TimeOrdered(3).Split(new(new Target.Numeric(times), Time: times) { Gap = 1 }).OrThrow();
        Assert.Equal([[0, 1], [0, 1, 2], [0, 1, 2, 3]], folds.Select(fold => fold.Train));
        Some.Refused("all rows before the first held-out block are within the gap before it", new FoldPlan.TimeOrdered(3),
            new(new Target.Numeric(times), Time: times) { Gap = 3 });
    }

    [FsCheck.Xunit.Property]
    public void Times_order_rows_wherever_they_stand_and_no_fold_is_fitted_on_its_own_moment(FsCheck.NonEmptyArray<byte> moments, byte k)
    {
        var times = EquatableArray.From(moments.Get.Select(moment => moment % 8.0));
        if (new FoldPlan.TimeOrdered(2 + k % 3)
            .Split(new(new Target.Numeric(times), Time: times)) is not Outcome<EquatableArray<Fold>>.Ok { Value: var folds })
            return;
        foreach (var fold in folds)
        {
            Assert.True(fold.Train.Max(row => times[row]) < fold.Holdout.Min(row => times[row]));
            Assert.Equal(fold.Train.Order(), fold.Train);
            Assert.Equal(fold.Holdout.Order(), fold.Holdout);
        }
    }
}
