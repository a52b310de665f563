using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Shap;

public class ShapTests
{
    private static readonly Dataset data = new(
        Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6, 7, 8)), ("c", Column.Categorical.Of("a", "b", "a", "b", "a", "b", "a", "b"))),
        new Target.Numeric([1, 2, 3, 4, 5, 6, 7, 8]));

    [Fact]
    public void Trees_are_explained_through_preprocessing_by_the_columns_that_they_read()
    {
        var model = new OneHot().Then(new RandomForest(3)).Fit(data, Seed.Of(1)).OrThrow();
        var explained = Learners.Shap.Of(model, data.Frame)!.OrThrow();
        var inside = (PipelineModel)model.Model;
        Assert.Equal(((IShapModel)inside.Model).Explain(inside.Map.Apply(data.Frame).OrThrow()), Outcome.Ok(explained));
        Assert.Contains("x", explained.Columns);
        Assert.True(explained.Columns.Count > 2);
        Assert.Equal(explained.Columns.Count, explained.MeanAbsolute().Count);
        Assert.Equal(Enumerable.Range(0, 8).Average(row => Math.Abs(explained.Of(row)[0])), explained.MeanAbsolute()[0], 1e-12);
    }

    [Fact]
    public void Stacks_and_other_models_have_no_values()
    {
        var trees = new OneHot().Then(new DecisionTree());
        var stack = new Stack([new("tree", trees), new("forest", new OneHot().Then(new RandomForest(2)))], new DecisionTree(),
            new FoldPlan.KFold(2));
        Assert.Null(Learners.Shap.Of(stack.Fit(data, Seed.Of(1)).OrThrow(), data.Frame));
        Assert.Null(Learners.Shap.Of(new OneHot().Then(new RidgeRegression()).Fit(data, Seed.Of(1)).OrThrow(), data.Frame));
        Assert.NotNull(Learners.Shap.Of(new GradientBoosting(3).Fit(data, Seed.Of(1)).OrThrow(), data.Frame));
    }
}
