using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Evaluation;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 40)]
public class CrossValidationTests
{
    private static readonly Stack stack =
        new([new("near", new Nearest()), new("shares", new Shares())], new Nearest(), new FoldPlan.KFold(2), Combine.Refit);

    [Property]
    public void Scores_are_those_of_hand_made_fits_on_rows_held_out(PartitionPlan planned, Seed seed)
    {
        if (Executor.Inline.Evaluate(new Nearest(), planned.Data, planned.Plan, seed) is not Outcome<FunctionalStack.Evaluation>.Ok found)
            return;
        var whole = found.Value.Final;
        Assert.Equal("learner", whole.Role);
        var metric = Metric.For(planned.Data.Target)[0];
        Assert.Equal(planned.Folds.Select(fold =>
        {
            var held = planned.Data.Take(fold.Holdout);
            return metric.Score(held.Target, new Nearest().Fit(planned.Data.Take(fold.Train), seed).OrThrow().Predict(held.Frame).OrThrow(),
                held.Weights);
        }), whole[metric.Name].PerFold);
        Assert.Equal(EquatableArray.Range(planned.Data.RowCount), whole.OutOfFold.Rows);
    }

    [Property]
    public void A_stack_is_scored_after_each_of_its_bases_alone_on_any_number_of_threads(PartitionPlan planned, Seed seed)
    {
        var found = Executor.Inline.Evaluate(stack, planned.Data, planned.Plan, seed);
        Assert.Equal(found, Executor.Threads(3).Evaluate(stack, planned.Data, planned.Plan, seed));
        if (found is not Outcome<FunctionalStack.Evaluation>.Ok ok) return;
        Assert.Equal([("near", "base"), ("shares", "base"), ("stack", "stack")], ok.Value.Models.Select(c => (c.Name, c.Role)));
        var alone = Executor.Inline.Evaluate(new Shares(), planned.Data, planned.Plan, seed).OrThrow().Final;
        Assert.Equal(alone.Scores, ok.Value.Models[1].Scores);
    }

    [Property]
    public void What_stands_before_a_stack_stands_before_each_of_its_bases(PartitionPlan planned, Seed seed)
    {
        var before = new SelectColumns(EquatableArray.From(planned.Data.Frame.Names.Take(1)));
        var found = Executor.Inline.Evaluate(before.Then(stack), planned.Data, planned.Plan, seed);
        var narrow =
            Executor.Inline.Evaluate(stack, planned.Data.WithFrame(before.Apply(planned.Data.Frame).OrThrow()), planned.Plan, seed);
        if (found is not Outcome<FunctionalStack.Evaluation>.Ok ok) return;
        Assert.Equal(["near", "shares", "stack"], ok.Value.Models.Select(c => c.Name));
        Assert.Equal(narrow.OrThrow().Models.Take(2).Select(c => c.Scores), ok.Value.Models.Take(2).Select(c => c.Scores));
    }

    [Fact]
    public void Models_within_one_standard_error_of_the_best_are_listed()
    {
        // Means 1, 1.5, 1.6 and none; the best one's standard error is sqrt(1 / 2 / 2) = 0.5.
        ScoredModel Of(string name, params double[] losses) =>
            new(name, "base", [new Score("logLoss", EquatableArray.Of(losses))], new(name, default, new Prediction.Numeric(default)));
        var evaluation =
            new FunctionalStack.Evaluation(default,
                [Of("near", 1.5, 1.5), Of("best", 0.5, 1.5), Of("far", 1.6, 1.6), Of("none", double.NaN, double.NaN)]);
        Assert.Equal(["near", "best"], evaluation.WithinOneStandardError(Target.Classes.Of("a", "b")).Select(one => one.Name));
        var single = new FunctionalStack.Evaluation(default, [Of("equal", 1), Of("best", 1), Of("far", 1.0001)]);
        Assert.Equal(["equal", "best"], single.WithinOneStandardError(Target.Classes.Of("a", "b")).Select(one => one.Name));
        Assert.Empty(new FunctionalStack.Evaluation(default, [Of("none", double.NaN)]).WithinOneStandardError(Target.Classes.Of("a", "b")));
    }

    [Fact]
    public void A_base_that_cannot_be_fitted_stops_the_evaluation_or_is_left_out_with_a_note()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), Target.Classes.Of("a", "b", "a", "b", "a", "b"));
        var picky =
            new Stack([new("fine", new Shares()), new("picky", new NeedsRows(100, new Shares()))], new Shares(), new FoldPlan.KFold(2));
        var refused =
            Assert.IsType<Outcome<FunctionalStack.Evaluation>.Fail>(Executor.Inline.Evaluate(picky, data, new FoldPlan.KFold(2),
                Seed.Of(1)));
        Assert.StartsWith("picky, outer fold 1 of 2", refused.Failure.Where, StringComparison.Ordinal);
        var kept = Executor.Inline.Evaluate(picky with { OnFailure = OnFailure.LeaveOut }, data, new FoldPlan.KFold(2), Seed.Of(1));
        Assert.Equal(["fine", "stack"], kept.OrThrow().Models.Select(c => c.Name));
        Assert.Contains(kept.Notes, note => note.What.StartsWith("left out: ", StringComparison.Ordinal));
    }

    [Property]
    public void A_fitted_stack_keeps_the_out_of_fold_predictions_of_its_parts(PartitionPlan planned, Seed seed)
    {
        var shared = stack with { Plan = planned.Plan };
        var fitted = Executor.Threads(2).Fit(shared, planned.Data, seed);
        if (fitted is not Outcome<Trained>.Ok ok) return;
        Assert.Equal(shared.FitModel(planned.Data, seed).OrThrow(), ok.Value.Model);
        Assert.Equal(["near", "shares", "stack"], ok.Value.OutOfFold.Select(part => part.Name));
        Assert.Equal(shared.Level.Fit(planned.Data, Stack.Seeds(seed).Level).OrThrow().OutOfFold, ok.Value.OutOfFold.Take(2));
        Assert.Equal(["base", "base", "stack"], ok.Value.Scores.Select(model => model.Role));
    }

    [Fact]
    public void Means_and_spreads_pass_over_folds_where_a_score_is_undefined()
    {
        var score = new Score("auc", [0.5, double.NaN, 0.7]);
        Assert.Equal(0.6, score.Mean, 12);
        Assert.Equal(0.1, score.Std, 12);
        Assert.Equal(0.1, score.StandardError, 12);
        Assert.True(double.IsNaN(new Score("auc", [double.NaN]).Mean));
    }
}
