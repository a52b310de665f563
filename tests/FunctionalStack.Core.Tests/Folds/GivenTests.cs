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
        var folds = new FoldPlan.Given().Split(any.Data.Roles with { Groups = null }).OrThrow();
        var numbers = given.Distinct().Order().ToArray();
        Assert.Equal(numbers.Select(number => Enumerable.Range(0, given.Count).Where(row => given[row] == number)),
            folds.Select(fold => fold.Holdout.AsEnumerable()));
    }

    [Property]
    public void Giving_a_partitions_own_assignment_gives_its_folds(PartitionPlan planned)
    {
        var given =
            planned.Data.Roles with { Groups = null, Folds = EquatableArray.Own(Some.Assignment(planned.Plan, planned.Data.Roles)) };
        Assert.Equal(planned.Folds, new FoldPlan.Given().Split(given).OrThrow());
    }

    [Fact]
    public void No_fold_column_and_a_single_fold_are_refused()
    {
        Some.Refused("no fold column was given", new FoldPlan.Given(), Some.Values(3));
        Some.Refused("the fold column holds only one fold", new FoldPlan.Given(), Some.Values(2) with { Folds = EquatableArray.Of(4, 4) });
        Some.Refused("the fold column holds only one fold", new FoldPlan.Given(), Some.Values(0) with { Folds = EquatableArray.Of<int>() });
    }

    [Fact]
    public void Groups_are_kept_whole_or_refused()
    {
        var whole = Some.Values(4) with { Folds = EquatableArray.Of(1, 2, 1, 2), Groups = EquatableArray.Of(7, 8, 7, 9) };
        Assert.Equal(2, new FoldPlan.Given().Split(whole).OrThrow().Count);
        Some.Refused("row 3 is in another fold than earlier rows of its group", new FoldPlan.Given(),
            whole with { Groups = EquatableArray.Of(7, 8, 8, 9) });
    }
}
