using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests;

/// <summary>All parameter faults are found at once, without data, and reported in one style.</summary>
public class ValidateTests
{
    [Fact]
    public void Every_fault_is_reported_with_its_remedy() => Assert.Equal(
        [
            "logistic: c is -1. Give a finite number above 0, such as 1.",
            "logistic: maxIterations is 0. Give at least 1.",
            "logistic: tolerance is NaN. Give a finite number above 0, such as 1E-08.",
        ],
        new LogisticRegression(-1, 0, double.NaN).Validate().Select(fault => fault.ToString()));

    [Fact]
    public void An_undefined_choice_is_reported_with_the_valid_ones() => Assert.Equal(
        "tree: criterion is 7. Give one of gini, entropy.",
        Assert.Single(new DecisionTree((Criterion)7).Validate()).ToString());

    [Fact]
    public void The_last_base_and_the_meta_learner_are_checked_before_any_fit()
    {
        var stack = new Stack([new("good", new Majority()), new("bad", new KNearestNeighbors(0))], new Greedy(-1), new FoldPlan.KFold(2));
        Assert.Equal(
            ["bad: knn: k is 0", "meta-learner: greedy: rounds is -1"],
            stack.Check(Sample.Classes(1, 9, 2, 2).Target).Select(fault => $"{fault.Where}: {fault.What}"));
    }

    [Fact]
    public void Transforms_are_checked_alike() => Assert.Equal(
        ["whiten: epsilon is -1. Give a finite number of at least 0.", "oneHot: minCount is 0. Give at least 1."],
        new Whiten(Epsilon: -1).Then(new OneHot(0)).Then(new Majority()).Check(Sample.Numbers(1, 9, 2).Target)
            .Select(fault => fault.ToString()));

    [Fact]
    public void Usual_parameters_have_no_fault() => Assert.All(
        typeof(Majority).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ISpec)) && !type.IsAbstract),
        type =>
        {
            var constructor = type.GetConstructors().MinBy(one => one.GetParameters().Length)!;
            var parameters = constructor.GetParameters();
            if (parameters.Any(parameter => !parameter.HasDefaultValue) || type == typeof(Voting)) return;
            var spec = (ISpec)constructor.Invoke([.. parameters.Select(one => one.DefaultValue ?? Default(one.ParameterType))]);
            Assert.Empty(spec.Validate());
        });

    private static object? Default(Type type) =>
        type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;
}
