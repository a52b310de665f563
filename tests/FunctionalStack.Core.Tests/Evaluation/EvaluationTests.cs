using Xunit;

namespace FunctionalStack.Core.Tests.Evaluation;

public class EvaluationTests
{
    private static readonly Target target = Target.Classes.Of("a", "b");

    private static readonly EquatableArray<Fold> folds = new FoldPlan.KFold(2).Split(new(target)).OrThrow();

    [Fact]
    public void The_simplest_model_within_one_standard_error_has_the_lowest_complexity_then_the_best_mean()
    {
        // The best mean is 1, its standard error 0.5.
        var all = new FunctionalStack.Evaluation(folds,
            [Of("forest", Complexity.Ensemble, 0.5, 1.5), Of("ridge", Complexity.Linear, 1.4, 1.4),
                Of("bayes", Complexity.Linear, 1.2, 1.2),
                Of("majority", Complexity.Constant, 2, 2), Of("stack", Complexity.Stack, 1, 1, role: "stack")]);
        Assert.Equal("bayes", all.Simplest(target)!.Name);
        Assert.Null(new FunctionalStack.Evaluation(folds, [Of("none", Complexity.Linear, double.NaN, double.NaN)]).Simplest(target));
    }

    [Fact]
    public void The_stack_is_compared_with_the_base_of_the_best_mean()
    {
        var all = new FunctionalStack.Evaluation(folds,
            [Of("worse", Complexity.Linear, 3, 3), Of("best", Complexity.Linear, 1, 2),
                Of("none", Complexity.Linear, double.NaN, double.NaN),
                Of("stack", Complexity.Stack, 1, 1, role: "stack")]);
        Assert.Equal(Comparison.Of(all.Models[3], all.Models[1], Metric.LogLoss, folds), all.WithBestBase(target));
        Assert.Null(new FunctionalStack.Evaluation(folds, [Of("knn", Complexity.Nonlinear, 1, 1, role: "learner")]).WithBestBase(target));
    }

    [Fact]
    public void Complexities_are_those_of_the_learners_also_inside_pipelines()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, 24).Select(row => (double)row)]))),
            Target.Classes.Of([.. Enumerable.Range(0, 24).Select(row => row % 2 == 0 ? "a" : "b")]));
        var pipeline = new Identity().Then(new Laws.Shares());
        var stack = new Stack([new("shares", pipeline), new("inner", new Stack([new("x", pipeline)], pipeline, new FoldPlan.KFold(2)))],
            pipeline, new FoldPlan.KFold(2));
        Assert.Equal([Complexity.Nonlinear, Complexity.Stack, Complexity.Stack],
            Executor.Inline.Evaluate(stack, data, new FoldPlan.KFold(2), Seed.Of(1)).OrThrow().Models.Select(one => one.Complexity));
    }

    [Fact]
    public void Periods_are_the_ranges_of_the_held_out_rows()
    {
        var roles = new Roles(target, Time: EquatableArray.Of(7.0, 3.0));
        Assert.Equal([new Period(7, 7, 1), new Period(3, 3, 1)], new FunctionalStack.Evaluation(folds, default).Periods(roles));
        Assert.Empty(new FunctionalStack.Evaluation(folds, default).Periods(new(target)));
    }

    private static ScoredModel Of(string name, Complexity complexity, double first, double second, string role = "base") =>
        new(name, role, [new Score("logLoss", [first, second])], new(name, default, new Prediction.Numeric(default)))
        {
            Complexity = complexity,
        };
}
