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
    public void The_builder_gives_the_stack_of_the_core(ClassData sample, Seed seed, bool refit, bool drop, bool passing,
        StackMethod method)
    {
        var plan = new FoldPlan.KFold(3, seed);
        var built = Two.Folds(plan).StackMethod(method);
        built = refit ? built.Refit() : built.Average();
        built = drop ? built.DropFirstClass() : built;
        built = passing ? built.Passthrough("x0") : built;
        var meant = new Stack(
            [new("nearest", new Nearest()), new("digest", new Digest())], new Digest(), plan, refit ? Combine.Refit : Combine.Average,
            new StackColumns(method, drop), passing ? SelectColumns.Of("x0") : null);

        Assert.Equal(meant.Fit(sample.Data, seed), built.Meta(new Digest()).Fit(sample.Data, seed));
    }

    [Property]
    public void Several_meta_learners_equal_the_explicit_stack(ClassData sample, Seed seed, bool passing)
    {
        var plan = new FoldPlan.KFold(2, seed);
        var built = passing ? Two.Folds(plan).Passthrough("x0") : Two.Folds(plan);
        var metas = new Stack([new("d", new Digest()), new("s", new Shares())], new ConvexWeights(), plan, Combine.Refit);
        Assert.Equal(built.Meta(metas).Fit(sample.Data, seed),
            built.Metas(("d", new Digest()), ("s", new Shares())).Fit(sample.Data, seed));
    }

    [Property]
    public void A_single_meta_learner_in_a_list_equals_that_meta_learner(AnyData sample, Seed seed)
    {
        var built = Two.Folds(new FoldPlan.KFold(2, seed));
        var meta = new Digest(Seeded: false);
        if ((built.Meta(meta).Fit(sample.Data, seed), built.Metas(("d", meta)).Fit(sample.Data, seed))
            is not (Outcome<Trained>.Ok one, Outcome<Trained>.Ok several))
            return;
        Assert.Equal(one.Value.Predict(sample.Data.Frame).OrThrow(), several.Value.Predict(sample.Data.Frame).OrThrow());
    }

    [Property]
    public void Pruning_gives_a_pruned_meta_learner(ClassData sample, Seed seed)
    {
        var (plan, meta) = (new FoldPlan.KFold(2, seed), new ConvexWeights());
        Assert.Equal(Two.Folds(plan).Meta(new Pruned(meta, plan)).Fit(sample.Data, seed),
            Two.Folds(plan).Prune().Meta(meta).Fit(sample.Data, seed));
    }

    [Property]
    public void Calibrated_is_a_stack_of_one_base(ClassData sample, Seed seed, CalibrationMethod method) => Assert.Equal(
        new Stack([new("nearest", new Nearest())], new Calibration(method), new FoldPlan.Usual(),
            Combine.Refit)
        { Name = "calibrated" }.Fit(sample.Data, seed),
        new Nearest().Calibrated(method).Fit(sample.Data, seed));

    [Property]
    public void Every_stack_of_the_core_can_be_built(AnyLearner sample, Seed seed)
    {
        if (sample.Learner is not Stack stack) return;
        var built = Stacking.Of([.. stack.Bases.Select(b => (b.Name, b.Learner))]).Folds(stack.Plan)
            .StackColumns(stack.StackColumns ?? new StackColumns());
        built = stack.Combine == Combine.Refit ? built.Refit() : built.Average();
        built = stack.Passthrough is { } transform ? built.Passthrough(transform) : built;
        built = stack.OnFailure == OnFailure.LeaveOut ? built.LeaveOutFailures() : built;

        Assert.Equal(stack.Fit(sample.Data, seed), built.Meta(stack.Meta).Fit(sample.Data, seed));
    }

    [Property]
    public void Folds_are_of_the_default_plan_unless_a_plan_is_given(AnyPlan sample, Seed seed)
    {
        Assert.Equal(new FoldPlan.Usual(3).Shuffled(seed), Two.Folds(3).Shuffled(seed).Meta(new Shares()).Plan);
        Assert.Equal(new FoldPlan.Usual(3).Shuffled(seed), Two.Shuffled(seed).Folds(3).Meta(new Shares()).Plan);
        Assert.Equal(new FoldPlan.Usual(5), Two.Meta(new Shares()).Plan);
        Assert.Equal(new FoldPlan.Repeated(new FoldPlan.Usual(4), 3, seed), Two.Folds(4).Repeated(3, seed).Meta(new Shares()).Plan);
        Assert.Equal(sample.Plan, Two.Folds(sample.Plan).Meta(new Shares()).Plan);
    }

    /// <summary>60 patients with 10 rows each. The label is drawn per patient, so a model fitted on a patient knows the label.</summary>
    [Fact]
    public void Groups_are_not_split_by_default()
    {
        var stream = Seed.Of(5).Stream();
        var patients = Enumerable.Range(0, 60).Select(_ => (Place: stream.NextNormal(), Label: stream.Next(2))).ToArray();
        var rows = Enumerable.Range(0, 600).Select(row => patients[row / 10]).ToArray();
        var data = new Dataset(
            Frame.Of(("x", new Column.Numeric(EquatableArray.From(rows.Select(one => one.Place))))),
            new Roles(new Target.Classes(["no", "yes"], EquatableArray.From(rows.Select(one => one.Label))),
                Groups: EquatableArray.From(Enumerable.Range(0, 600).Select(row => row / 10))));
        foreach (var learner in new ILearner[] { Two.Meta(new Shares()), new Shift(1).Then(Two.Meta(new Shares())),
            Stacking.Of(("nearest", new Nearest())).Refit().Meta(new Shares()) })
        {
            var trained = learner.Fit(data, Seed.Of(1)).OrThrow();
            Assert.InRange(trained.Scores.Single(one => one.Name == "nearest")["accuracy"].Mean, 0.3, 0.7);
            Assert.InRange(learner.Evaluate(data, Seed.Of(1)).OrThrow().Models.Single(one => one.Name == "nearest")["accuracy"].Mean, 0.3,
                0.7);
        }
    }

    /// <summary>The bases are scored and the out-of-fold predictions are returned wherever the stack is in a pipeline.</summary>
    [Property(MaxTest = 20)]
    public void Bases_are_scored_wherever_the_stack_is(ClassData sample, Seed seed)
    {
        var stack = Two.Folds(new FoldPlan.KFold(2)).Meta(new Shares());
        foreach (var learner in new ILearner[] { stack, stack.Preprocess(new Identity()), stack.Columns("x0"),
            new Shift(1).Then(stack.Preprocess(new Identity())) })
        {
            if (learner.Evaluate(sample.Data, seed, new FoldPlan.KFold(2)) is Outcome<Evaluation>.Ok evaluated)
                Assert.Equal(["nearest", "digest", "stack"], evaluated.Value.Models.Select(one => one.Name));
            if (learner.Fit(sample.Data, seed) is not Outcome<Trained>.Ok fitted) continue;
            Assert.Equal(["nearest", "digest", "stack"], fitted.Value.OutOfFold.Select(part => part.Name));
            Assert.Equal(["nearest", "digest", "stack"], fitted.Value.Scores.Select(part => part.Name));
        }
    }

    [Fact]
    public void Each_plan_has_a_member()
    {
        Assert.Equal(new FoldPlan.TimeOrdered(4), Two.TimeFolds(4).Meta(new Shares()).Plan);
        Assert.Equal(new FoldPlan.Given(), Two.GivenFolds().Meta(new Shares()).Plan);
        Assert.Equal(new FoldPlan.HoldOut(0.2, Seed.Of(3)), Two.HoldOut(0.2).Shuffled(Seed.Of(3)).Meta(new Shares()).Plan);
        Assert.Equal(new Identity(), Two.PassthroughAll().Meta(new Shares()).Passthrough);
    }

    [Fact]
    public void No_member_changes_its_builder()
    {
        var before = Stacking.Of(("nearest", new Nearest()), ("digest", new Digest()));

        _ = Two.And("shares", new Shares()).Without("nearest").Folds(2).Refit().PassthroughAll().LeaveOutFailures();

        Assert.Equal(before, Two);
    }

    [Property]
    public void A_removed_base_has_no_effect(ClassData sample, Seed seed)
    {
        var never = Stacking.Of(("nearest", new Nearest())).Folds(new FoldPlan.KFold(2)).Meta(new Digest());
        var leftOut = Two.And("shares", new Shares()).Without("digest", "shares").Folds(new FoldPlan.KFold(2)).Meta(new Digest());

        Assert.Equal(never.Fit(sample.Data, seed), leftOut.Fit(sample.Data, seed));
    }

    [Property(MaxTest = 30)]
    public void A_stack_is_a_learner_at_any_level_and_on_any_number_of_threads(AnyData sample, Seed seed)
    {
        var inner = Two.Folds(new FoldPlan.KFold(2)).Meta(new Digest());
        var outer = Stacking.Of(("inner", inner), ("shares", new Shares())).Folds(new FoldPlan.KFold(2)).Meta(inner);

        Assert.Equal(outer.Fit(sample.Data, seed), outer.Fit(sample.Data, seed, threads: 3));
    }
}
