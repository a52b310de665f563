using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class GroupTests
{
    [Property]
    public void A_group_is_never_on_both_sides(ClassData any, byte k, bool stratified)
    {
        var groups = any.Data.Roles.Groups ?? EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(row => row * row % 7));
        var count = groups.Distinct().Count();
        if (count < 2) return;
        var folds = 2 + k % (count - 1);
        FoldPlan plan = stratified ? new FoldPlan.StratifiedGroup(folds) : new FoldPlan.Group(folds);
        var split = plan.Split(any.Data.Roles with { Groups = groups }).OrThrow();
        Assert.Equal(folds, split.Count);
        Assert.All(split, fold => Assert.Empty(fold.Train.Select(row => groups[row]).Intersect(fold.Holdout.Select(row => groups[row]))));
    }

    [Property]
    public void Folds_differ_by_at_most_the_largest_group(int[] raw)
    {
        // Each group goes to the lightest fold, so no fold gets ahead of another by more than one group.
        if (raw.Length == 0) return;
        var groups = raw.Select(number => number % 6).ToArray();
        if (groups.Distinct().Count() < 3) return;
        var sizes = new FoldPlan.Group(3).Split(Some.Groups(groups)).OrThrow().Select(fold => fold.Holdout.Count).ToArray();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, groups.CountBy(g => g).Max(g => g.Value));
    }

    [Fact]
    public void The_largest_groups_are_dealt_first_each_to_the_lightest_fold() =>
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 1, 0], Some.Assignment(new FoldPlan.Group(2), Some.Groups(7, 7, 7, 7, 2, 2, 2, -5, -5, 9)));

    [Fact]
    public void Classes_are_as_even_as_whole_groups_allow()
    {
        // Four groups, two all of one class and two all of the other: each fold can have one of each.
        var roles = Some.Classes(0, 0, 0, 0, 1, 1, 1, 1) with { Groups = EquatableArray.Of(1, 1, 2, 2, 3, 3, 4, 4) };
        var folds = new FoldPlan.StratifiedGroup(2).Split(roles).OrThrow();
        Assert.All(folds, fold => Assert.Equal(2, fold.Holdout.Count(row => ((Target.Classes)roles.Target).Codes[row] == 0)));
        Assert.All(folds, fold => Assert.Equal(4, fold.Holdout.Count));
    }

    [Fact]
    public void Without_groups_or_with_too_few_a_plan_refuses()
    {
        Some.Refused("no groups were given", new FoldPlan.Group(2), Some.Values(4));
        Some.Refused("no groups were given", new FoldPlan.StratifiedGroup(2), Some.Classes(0, 1));
        Some.Refused("3 folds were requested, but there are only 2 groups", new FoldPlan.Group(3), Some.Groups(1, 1, 2));
        Some.Refused("3 folds were requested, but there are only 2 groups", new FoldPlan.StratifiedGroup(3),
            Some.Classes(0, 1, 0) with { Groups = EquatableArray.Of(1, 1, 2) });
        Some.Refused("1 folds were requested", new FoldPlan.Group(1), Some.Groups(1, 2));
        Some.Refused("the target is numeric, not classes", new FoldPlan.StratifiedGroup(2), Some.Groups(1, 2));
    }
}
