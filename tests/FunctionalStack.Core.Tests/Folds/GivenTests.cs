using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class GivenTests
{
    [Property]
    public void Each_number_is_a_fold_ascending(AnyData any)
    {
        if (any.Data.Roles.Folds is not { } given || given.Distinct().Count() < 2) return;
        var folds = new FoldPlan.Given().Split(any.Data.Roles).OrThrow();
        var numbers = given.Distinct().Order().ToArray();
        Assert.Equal(numbers.Select(number => Enumerable.Range(0, given.Count).Where(row => given[row] == number)), folds.Select(fold => fold.Holdout.AsEnumerable()));
    }

    [Property]
    public void Giving_a_partitions_own_assignment_gives_its_folds(PartitionPlan planned)
    {
        var given = planned.Data.Roles with { Folds = Values.Own(Some.Assignment(planned.Plan, planned.Data.Roles)) };
        Assert.Equal(planned.Folds, new FoldPlan.Given().Split(given).OrThrow());
    }

    [Fact]
    public void No_fold_column_and_a_single_fold_are_refused()
    {
        Some.Refused("no fold column was given", new FoldPlan.Given(), Some.Values(3));
        Some.Refused("the fold column holds only one fold", new FoldPlan.Given(), Some.Values(2) with { Folds = Values.Of(4, 4) });
        Some.Refused("the fold column holds only one fold", new FoldPlan.Given(), Some.Values(0) with { Folds = Values.Of<int>() });
    }
}
