using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>What a search over candidates comes to. That it is the loop written out is law 5, for random compositions.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class TunedLaws
{
    private static readonly Dataset data = new(
        Frame.Of(("x", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 24).Select(row => (double)row))))),
        new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 24).Select(row => (double)row))));

    [Property]
    public void A_search_among_one_is_that_candidate(AnyLearner any, Seed seed)
    {
        var tuned = new Tuned(Candidates: [new("only", any.Learner)], Folds: new FoldPlan.KFold(2));
        if (tuned.Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var alone = any.Learner.Fit(any.Data, seed).OrThrow();
        Assert.Equal(alone.Model, ok.Value.Model);
        Assert.Equal(alone.OutOfFold, ok.Value.OutOfFold);
    }

    [Property]
    public void Its_score_is_that_of_the_candidate_cross_fitted_with_the_same_folds(AnyLearner any, Seed seed)
    {
        var plan = new FoldPlan.KFold(3);
        var tuned = new Tuned(Candidates: [new("shares", new Shares()), new("any", any.Learner)], Folds: plan);
        if (tuned.Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var path = Assert.Single(ok.Value.Searches, search => search.Name == "tuned" && search.Trials.Any(trial => trial.Name == "any"));
        var defined = path.Trials.Where(trial => trial.Failure is null).ToArray();
        Assert.Equal(defined.Min(trial => trial.Score.Mean), path.Best.Score.Mean);
        foreach (var (trial, learner) in path.Trials.Zip(tuned.Candidates, (trial, one) => (trial, one.Learner)))
        {
            if (trial.Failure is not null) continue;
            var folds = plan.Split(any.Data.Roles).OrThrow();
            Assert.Equal(folds.Select((fold, k) =>
            {
                var held = any.Data.Take(fold.Holdout);
                var model = learner.FitModel(any.Data.Take(fold.Train), seed.Fork("fold").Fork(k)).OrThrow();
                return Metric.Leading(held.Target).Score(held.Target, model.Predict(held.Frame).OrThrow(), held.Weights);
            }), trial.Score.PerFold);
        }
    }

    [Fact]
    public void Of_equal_candidates_the_first_is_chosen()
    {
        var tuned = new Tuned(Candidates: [new("noise", new Digest()), new("a", new Nearest()), new("b", new Nearest())]);
        Assert.Equal("a", Assert.Single(tuned.Fit(data, Seed.Of(1)).OrThrow().Searches).Best.Name);
    }

    /// <summary>The candidates differ in the meta-learner only, so each base is fitted once for each inner fold and fold of the
    /// stack.</summary>
    [Fact]
    public void Tuning_a_meta_learner_refits_no_base()
    {
        foreach (var count in new[] { 1, 3 })
        {
            var counter = new Counter();
            Stack Of(ILearner meta) => new([new("a", new Counted(counter))], meta, new FoldPlan.KFold(3));
            Base[] candidates = [new("shares", Of(new Shares())), new("nearest", Of(new Nearest())), new("digest", Of(new Digest()))];
            new Tuned(Candidates: EquatableArray.From(candidates.Take(count)), Folds: new FoldPlan.KFold(4)).Fit(data, Seed.Of(1))
                .OrThrow();
            // Four inner folds, and the stack on all rows.
            Assert.Equal((4 + 1) * 3, counter.Count);
        }
    }

    [Fact]
    public void Without_time_left_the_first_trial_is_chosen_with_a_note()
    {
        var tuned = new Tuned(Candidates: [new("shares", new Shares()), new("nearest", new Nearest()), new("digest", new Digest())]);
        foreach (var learner in new ILearner[] { tuned, new Shift(1).Then(tuned) })
        {
            var trained = Executor.Threads(2, new Budget(TimeIsUp: () => true)).Fit(learner, data, Seed.Of(1)).OrThrow();
            Assert.Equal("shares", Assert.Single(trained.Searches).Best.Name);
            Assert.Equal(["trial 2", "trial 3"], trained.Skipped);
            Assert.Contains(trained.Notes,
                note => note.What.StartsWith("the time budget left out 2 of 3 trials", StringComparison.Ordinal));
            Assert.Equal(learner.Fit(data, Seed.Of(1)).OrThrow().Searches,
                Executor.Threads(2, new Budget(TimeIsUp: () => false)).Fit(learner, data, Seed.Of(1)).OrThrow().Searches);
        }
    }

    [Fact]
    public void The_path_of_a_search_is_found_wherever_it_is_in_a_composition()
    {
        var tuned = new Tuned(Candidates: [new("shares", new Shares()), new("nearest", new Nearest())], Folds: new FoldPlan.KFold(2));
        var stack = new Stack([new("a", tuned), new("b", new Shares())], tuned, new FoldPlan.KFold(3));
        Assert.Equal(["a: tuned", "a: tuned", "a: tuned", "meta-learner: tuned"],
            new Shift(1).Then(stack).Fit(data, Seed.Of(1)).OrThrow().Searches.Select(search => search.Name));
        var evaluation = Executor.Threads(2).Evaluate(tuned, data, new FoldPlan.KFold(4), Seed.Of(1)).OrThrow();
        Assert.Equal([1, 1, 1, 1], evaluation.Searches.Select(fold => fold.Count));
    }
}
