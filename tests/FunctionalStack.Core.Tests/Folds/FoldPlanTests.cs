using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

public class FoldPlanTests
{
    [Fact]
    public void The_usual_plan_is_stratified_for_classes_plain_for_values_and_keeps_groups_whole()
    {
        Assert.Equal(new FoldPlan.Stratified(5, Seed.Of(1)), FoldPlan.For(Some.Classes(0, 1), 5, Seed.Of(1)));
        Assert.Equal(new FoldPlan.KFold(5, Seed.Of(1)), FoldPlan.For(Some.Values(2), 5, Seed.Of(1)));
        Assert.Equal(new FoldPlan.StratifiedGroup(5), FoldPlan.For(Some.Classes(0, 1) with { Groups = Values.Of(7, 8) }, 5, Seed.Of(1)));
        Assert.Equal(new FoldPlan.Group(5), FoldPlan.For(Some.Values(2) with { Groups = Values.Of(7, 8) }, 5, Seed.Of(1)));
    }

    [Fact]
    public void Plans_without_randomness_stay_as_they_are() => Assert.All(
        new FoldPlan[] { new FoldPlan.Given(), new FoldPlan.Group(2), new FoldPlan.StratifiedGroup(2), new FoldPlan.TimeOrdered(2) },
        plan => Assert.Same(plan, plan.Shuffled(Seed.Of(1))));

    [Fact]
    public void Covered_of_no_folds_or_empty_holdouts_is_empty()
    {
        Assert.Empty(FoldPlan.Covered(default));
        Assert.Empty(FoldPlan.Covered([new Fold([0], default)]));
        Assert.Equal(Values.Of(1, 4), FoldPlan.Covered([new Fold([0], [4]), new Fold([0], [1, 4])]));
    }
}
