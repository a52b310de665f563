using FunctionalStack.Learners;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
public class StackingTests
{
    private static readonly Stacking Two = Stacking.Of(("nearest", new Nearest()), ("digest", new Digest()));

    [Property]
    public void ASentenceMeansTheStackOfTheCore(ClassData sample, Seed seed, bool refit, bool drop, bool passing, Upward upward)
    {
        var plan = new FoldPlan.KFold(3, seed);
        var said = Two.Folds(plan).HandingUp(upward);
        said = refit ? said.Refitting() : said.Averaging();
        said = drop ? said.DroppingFirstClass() : said;
        said = passing ? said.PassingThrough("x0") : said;
        var meant = new Stack(
            [new("nearest", new Nearest()), new("digest", new Digest())], new Digest(), plan, refit ? Combine.Refit : Combine.Average,
            new StackOn(upward, drop), passing ? SelectColumns.Of("x0") : null);

        Assert.Equal(meant.Fit(sample.Data, seed), said.Meta(new Digest()).Fit(sample.Data, seed));
    }

    [Property]
    public void Under_several_is_the_stack_written_out(ClassData sample, Seed seed, bool passing)
    {
        var plan = new FoldPlan.KFold(2, seed);
        var said = passing ? Two.Folds(plan).PassingThrough("x0") : Two.Folds(plan);
        var above = new Stack([new("d", new Digest()), new("s", new Shares())], new ConvexWeights(), plan, Combine.Refit);
        Assert.Equal(said.Meta(above).Fit(sample.Data, seed), said.Metas(("d", new Digest()), ("s", new Shares())).Fit(sample.Data, seed));
    }

    [Property]
    public void Under_one_of_several_is_under_that_one(AnyData sample, Seed seed)
    {
        var said = Two.Folds(new FoldPlan.KFold(2, seed));
        var meta = new Digest(Seeded: false);
        if ((said.Meta(meta).Fit(sample.Data, seed), said.Metas(("d", meta)).Fit(sample.Data, seed)) is not (Outcome<Trained>.Ok one, Outcome<Trained>.Ok several)) return;
        Assert.Equal(one.Value.Predict(sample.Data.Frame).OrThrow(), several.Value.Predict(sample.Data.Frame).OrThrow());
    }

    [Property]
    public void Pruning_is_a_pruned_learner_above(ClassData sample, Seed seed)
    {
        var (plan, meta) = (new FoldPlan.KFold(2, seed), new ConvexWeights());
        Assert.Equal(Two.Folds(plan).Meta(new Pruned(meta, plan)).Fit(sample.Data, seed), Two.Folds(plan).Pruning().Meta(meta).Fit(sample.Data, seed));
    }

    [Property]
    public void Calibrated_is_a_stack_of_one_base(ClassData sample, Seed seed, CalibrationMethod method) => Assert.Equal(
        new Stack([new("nearest", new Nearest())], new Calibration(method), FoldPlan.For(sample.Data.Roles, 5, null), Combine.Refit).Fit(sample.Data, seed),
        new Nearest().Calibrated(method).Fit(sample.Data, seed));

    [Property]
    public void EveryStackOfTheCoreCanBeSaid(AnyLearner sample, Seed seed)
    {
        if (sample.Learner is not Stack stack) return;
        var said = Stacking.Of([.. stack.Bases.Select(b => (b.Name, b.Learner))]).Folds(stack.Plan).HandingUp(stack.StackOn ?? new StackOn());
        said = stack.Combine == Combine.Refit ? said.Refitting() : said.Averaging();
        said = stack.Passthrough is { } transform ? said.PassingThrough(transform) : said;
        said = stack.OnFailure == OnFailure.LeaveOut ? said.LeavingOutFailures() : said;

        Assert.Equal(stack.Fit(sample.Data, seed), said.Meta(stack.Meta).Fit(sample.Data, seed));
    }

    [Property]
    public void FoldsAreTheUsualOnesForTheRows(AnyData sample, Seed seed)
    {
        var roles = sample.Data.Roles;

        Assert.Equal(FoldPlan.For(roles, 3, seed), PlanOf(Two.Folds(3).Shuffled(seed), roles));
        Assert.Equal(FoldPlan.For(roles, 3, seed), PlanOf(Two.Shuffled(seed).Folds(3), roles));
        Assert.Equal(FoldPlan.For(roles, 5, null), PlanOf(Two, roles));
        Assert.Equal(new FoldPlan.Repeated(FoldPlan.For(roles, 4, null), 3, seed), PlanOf(Two.Folds(4).Repeated(3, seed), roles));
    }

    [Property]
    public void APlanThatIsGivenIsTakenExactly(AnyPlan sample) => Assert.Equal(sample.Plan, PlanOf(Two.Folds(sample.Plan), sample.Data.Roles));

    [Fact]
    public void GroupsAreKeptWholeUnasked()
    {
        var groups = Values.Of(0, 0, 1, 1);

        Assert.Equal(new FoldPlan.Group(2), PlanOf(Two.Folds(2), new Roles(new Target.Values(Values.Of(1.0, 2.0, 3.0, 4.0)), Groups: groups)));
        Assert.Equal(new FoldPlan.StratifiedGroup(2), PlanOf(Two.Folds(2), new Roles(Target.Classes.Of("a", "b", "a", "b"), Groups: groups)));
    }

    [Fact]
    public void EachPlanHasItsWord()
    {
        var roles = new Roles(Target.Classes.Of("a", "b"));

        Assert.Equal(new FoldPlan.TimeOrdered(4), PlanOf(Two.TimeFolds(4), roles));
        Assert.Equal(new FoldPlan.Given(), PlanOf(Two.GivenFolds(), roles));
        Assert.Equal(new FoldPlan.HoldOut(0.2, Seed.Of(3)), PlanOf(Two.HoldingOut(0.2).Shuffled(Seed.Of(3)), roles));
        Assert.Equal(new Identity(), Two.PassingAllThrough().Passthrough);
    }

    [Fact]
    public void EveryMemberLeavesWhatItWasAskedOfAsItWas()
    {
        var before = Stacking.Of(("nearest", new Nearest()), ("digest", new Digest()));

        _ = Two.And("shares", new Shares()).Without("nearest").Folds(2).Refitting().PassingAllThrough().LeavingOutFailures();

        Assert.Equal(before, Two);
    }

    [Property]
    public void ABaseLeftOutIsAsIfItHadNeverBeenNamed(ClassData sample, Seed seed)
    {
        var never = Stacking.Of(("nearest", new Nearest())).Folds(new FoldPlan.KFold(2)).Meta(new Digest());
        var leftOut = Two.And("shares", new Shares()).Without("digest", "shares").Folds(new FoldPlan.KFold(2)).Meta(new Digest());

        Assert.Equal(never.Fit(sample.Data, seed), leftOut.Fit(sample.Data, seed));
    }

    [Property(MaxTest = 30)]
    public void AStackedIsALearnerAtAnyLevelAndOnAnyNumberOfThreads(AnyData sample, Seed seed)
    {
        var inner = Two.Folds(new FoldPlan.KFold(2)).Meta(new Digest());
        var outer = Stacking.Of(("inner", inner), ("shares", new Shares())).Folds(new FoldPlan.KFold(2)).Meta(inner);

        Assert.Equal(outer.Fit(sample.Data, seed), outer.Fit(sample.Data, seed, threads: 3));
    }

    private static FoldPlan PlanOf(Stacking stacking, Roles roles) => stacking.Meta(new Shares()).For(roles).Plan;
}
