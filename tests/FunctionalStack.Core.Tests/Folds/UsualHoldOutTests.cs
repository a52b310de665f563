using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class UsualHoldOutTests
{
    [Property]
    public void Groups_stay_whole_and_times_do_not_run_backwards(AnyData any, byte percent, Seed seed)
    {
        var share = (1 + percent % 99) / 100.0;
        var roles = any.Data.Roles;
        if (new FoldPlan.UsualHoldOut(share, seed).Split(roles) is not Outcome<Values<Fold>>.Ok { Value: var folds })
        {
            Assert.True(roles.Count < 2 || roles.Groups?.Distinct().Count() < 2 || roles.Time?.Distinct().Count() < 2);
            return;
        }

        var fold = Assert.Single(folds);
        Assert.NotEmpty(fold.Train);
        Assert.NotEmpty(fold.Holdout);
        Assert.Empty(fold.Train.Intersect(fold.Holdout));
        if (roles.Time is { } times) Assert.True(fold.Train.Max(row => times[row]) < fold.Holdout.Min(row => times[row]));
        else if (roles.Groups is { } groups) Assert.Empty(fold.Train.Select(row => groups[row]).Intersect(fold.Holdout.Select(row => groups[row])));
        else Assert.Equal(new FoldPlan.HoldOut(share, seed).Split(roles), Outcome.Ok(folds));
    }

    [Fact]
    public void Of_many_groups_about_the_share_asked_is_held_out()
    {
        var groups = Values.From(Enumerable.Range(0, 200).Select(row => row / 4));
        var classes = Target.Classes.Of([.. Enumerable.Range(0, 200).Select(row => row / 4 % 2 == 0 ? "a" : "b")]);
        foreach (var share in new[] { 0.1, 0.2, 0.5, 0.8 })
        {
            var fold = new FoldPlan.UsualHoldOut(share).Split(new Roles(classes, Groups: groups)).OrThrow()[0];
            Assert.InRange(fold.Holdout.Count, 200 * share - 8, 200 * share + 8);
        }
    }

    [Fact]
    public void One_group_and_one_time_are_refused()
    {
        var target = Target.Classes.Of("a", "b", "a");
        Assert.Contains("one group", Refused(new Roles(target, Groups: [1, 1, 1])));
        Assert.Contains("same time", Refused(new Roles(target, Time: [1, 1, 1])));

        static string Refused(Roles roles) => new FoldPlan.UsualHoldOut(0.3).Split(roles).Match(_ => "", failure => failure.What);
    }
}
