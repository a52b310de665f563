using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class RepeatedTests
{
    [Property]
    public void Each_row_is_held_out_once_a_time(PartitionPlan planned, byte times, Seed seed)
    {
        var count = 1 + times % 4;
        var folds = new FoldPlan.Repeated(planned.Plan, count, seed).Split(planned.Data.Roles).OrThrow();
        Assert.Equal(count * planned.Folds.Count, folds.Count);
        Assert.All(Enumerable.Range(0, planned.Data.RowCount), row => Assert.Equal(count, folds.Count(fold => fold.Holdout.Contains(row))));
    }

    [Property]
    public void More_times_leave_the_earlier_times_as_they_were(PartitionPlan planned, Seed seed)
    {
        var twice = new FoldPlan.Repeated(planned.Plan, 2, seed).Split(planned.Data.Roles).OrThrow();
        var thrice = new FoldPlan.Repeated(planned.Plan, 3, seed).Split(planned.Data.Roles).OrThrow();
        Assert.Equal(twice, thrice.Take(twice.Count));
        Assert.Equal(planned.Plan.Shuffled(seed.Fork(1)).Split(planned.Data.Roles).OrThrow(), twice.Skip(planned.Folds.Count));
    }

    [Fact]
    public void Times_are_shuffled_apart_and_repeats_nest()
    {
        var roles = Some.Values(30);
        var folds = new FoldPlan.Repeated(new FoldPlan.KFold(3), 2, Seed.Of(1)).Split(roles).OrThrow();
        Assert.NotEqual(folds.Take(3), folds.Skip(3));
        var nested = new FoldPlan.Repeated(new FoldPlan.Repeated(new FoldPlan.KFold(3), 2, Seed.Of(9)), 2, Seed.Of(1)).Split(roles)
            .OrThrow();
        Assert.Equal(12, nested.Count);
        Assert.Equal(12, nested.Distinct().Count());
    }

    [Fact]
    public void No_time_at_all_and_plans_that_refuse_are_refused()
    {
        Some.Refused("0 repeats were requested", new FoldPlan.Repeated(new FoldPlan.KFold(2), 0, Seed.Of(1)), Some.Values(5));
        Some.Refused("1 folds were requested", new FoldPlan.Repeated(new FoldPlan.KFold(1), 2, Seed.Of(1)), Some.Values(5));
    }
}
