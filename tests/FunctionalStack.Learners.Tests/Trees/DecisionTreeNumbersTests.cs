using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

/// <summary>
/// Trees that scikit-learn 1.2.1 grows on the first 60 rows of <see cref="TreeCases.Formula"/>: node by node in the same
/// order, and for any random state. The parameters are such that no two splits are equally good: of those
/// scikit-learn takes one by chance or by rounding. It keeps thresholds exactly; outputs and
/// importances were noted with 13 decimals.
/// </summary>
public class DecisionTreeNumbersTests
{
    private static readonly EquatableArray<int> First60 = EquatableArray.Range(60);

    [Fact]
    public void Gini_over_three_classes() => Same(
        new DecisionTree(MinSamplesLeaf: 11),
        Classes(),
        [0, 2, -1, -1, 1, -1, -1],
        [523.5, 372, 0, 0, 627, 0, 0],
        [.5, .4285714285714, .0714285714286, .9375, .0625, 0, 0, .6666666666667, .3333333333333, 0, 0, 1],
        [.6090987824138, .2852921697488, .1056090478374, 0]);

    [Fact]
    public void Gini_to_depth_2() => Same(
        new DecisionTree(MaxDepth: 2, MinSamplesLeaf: 7),
        Classes(),
        [0, 1, -1, -1, 1, -1, -1],
        [523.5, 573.5, 0, 0, 627, 0, 0],
        [.9047619047619, .0952380952381, 0, .3333333333333, .5555555555556, .1111111111111, 0, .6666666666667, .3333333333333, 0, 0, 1],
        [.5840552335049, .4159447664951, 0, 0]);

    [Fact]
    public void Entropy_over_three_classes() => Same(
        new DecisionTree(Criterion.Entropy, MinSamplesLeaf: 5),
        Classes(),
        [0, 1, 0, -1, -1, -1, 1, 0, -1, -1, -1],
        [523.5, 694.5, 384.5, 0, 0, 0, 627, 765, 0, 0, 0],
        [1, 0, 0, .4, .6, 0, .1666666666667, .6666666666667, .1666666666667, 0, 1, 0, 0, .2857142857143, .7142857142857, 0, 0, 1],
        [.7024333294937, .2975666705063, 0, 0]);

    [Fact]
    public void Gini_over_three_classes_with_weights() => Same(
        new DecisionTree(MinSamplesLeaf: 4),
        Classes().WithWeights(Weights()),
        [0, 1, -1, -1, 1, 2, -1, -1, 2, 3, -1, -1, -1],
        [384, 694.5, 0, 0, 286.5, 839, 0, 0, 849.5, 629, 0, 0, 0],
        [1, 0, 0, .4285714285714, .5714285714286, 0, 0, 1, 0, .4444444444444, .5555555555556, 0, 0, 0, 1, 0, .3, .7, 0, .5384615384615,
            .4615384615385],
        [.5465845326434, .3436929912923, .0911957665642, .0185267095001]);

    [Fact]
    public void Gini_over_two_classes() => Same(
        new DecisionTree(MinSamplesLeaf: 4),
        TwoClasses(),
        [0, 1, -1, -1, 2, -1, -1],
        [384, 694.5, 0, 0, 959, 0, 0],
        [1, 0, .2, .8, 0, 1, .5, .5],
        [.7179487179487, .2087912087912, .0732600732601, 0]);

    [Fact]
    public void Gini_over_two_classes_with_weights() => Same(
        new DecisionTree(MinSamplesLeaf: 3),
        TwoClasses().WithWeights(Weights()),
        [0, 1, 1, -1, -1, -1, 2, -1, -1],
        [384, 729.5, 674, 0, 0, 0, 959, 0, 0],
        // The third and the fourth leaf share a row.
        [1, 0, .875, .125, 0, 1, .4, .6],
        [.8658297748155, .0892342689525, .044935956232, 0]);

    [Fact]
    public void Squared_error() => Same(
        new DecisionTree(MinSamplesSplit: 12, MinSamplesLeaf: 3),
        Numbers(),
        [0, 1, 2, 0, -1, -1, -1, -1, 1, 1, -1, 2, 3, -1, -1, -1, -1],
        [523.5, 729.5, 736, 198.5, 0, 0, 0, 0, 773.5, 243.5, 0, 827.5, 613, 0, 0, 0, 0],
        [1020.625, 1598, 613.7, 2335.5, 2042.8, 3299.8888888888887, 2859.3333333333335, 2606.5, 3900.444444444444],
        [.72377190226, .2195323149787, .0511130562254, .0055827265359]);

    [Fact]
    public void Squared_error_with_weights() => Same(
        new DecisionTree(MinSamplesSplit: 12, MinSamplesLeaf: 3),
        Numbers().WithWeights(Weights()),
        [0, 2, 1, 0, 0, -1, -1, -1, -1, -1, 1, 1, -1, 0, -1, -1, -1],
        [523.5, 736, 729.5, 384.5, 198.5, 0, 0, 0, 0, 0, 773.5, 243.5, 0, 765, 0, 0, 0],
        [1085.1052631578948, 1381.8, 1825.25, 2694.6666666666665, 533.8571428571429, 2018.7142857142856, 2779.823529411765,
            3305.4166666666665, 4009.9166666666665],
        [.7249632278177, .2021949186497, .0728418535326, 0]);

    private static Dataset Classes()
    {
        var (frame, _, classes) = TreeCases.Formula();
        return new Dataset(frame, TreeCases.ClassesOf(classes, 3)).Take(First60);
    }

    private static Dataset TwoClasses()
    {
        var (frame, _, classes) = TreeCases.Formula();
        return new Dataset(frame, TreeCases.ClassesOf(classes.Select(c => Math.Min(c, 1)), 2)).Take(First60);
    }

    private static Dataset Numbers()
    {
        var (frame, score, _) = TreeCases.Formula();
        return new Dataset(frame, new Target.Numeric(EquatableArray.Own(score))).Take(First60);
    }

    private static EquatableArray<double> Weights() => EquatableArray.From(Enumerable.Range(0, 60).Select(row => (row % 4 + 1) / 2.0));

    private static void Same(DecisionTree spec, Dataset data, int[] features, double[] thresholds, double[] outputs, double[] importances)
    {
        var model = (DecisionTreeModel)spec.FitModel(data, Seed.Of(0)).OrThrow();
        Assert.Equal(features, model.Tree.Feature);
        Assert.Equal(thresholds, model.Tree.Threshold);
        Assert.All(model.Tree.Outputs.Zip(outputs), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.Equal(outputs.Length, model.Tree.Outputs.Count);
        Assert.All(model.Importances.Zip(importances), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }
}
