using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

public class DecisionTreeEdgesTests
{
    [Fact]
    public void One_row_is_one_leaf()
    {
        var model = Fit(new DecisionTree(), [[1], [2]], [7.5]);
        Assert.Equal(1, model.Tree.NodeCount);
        Assert.Equal([7.5, 7.5], Predict(model, [[0, 100], [3, 4]]));
    }

    [Fact]
    public void One_class_is_certain()
    {
        var frame = TreeCases.FrameOf([1, 2, 3]);
        var model = new DecisionTree()
            .Fit(new(frame, new Target.Classes(EquatableArray.Of("never", "always"), EquatableArray.Of(1, 1, 1))), Seed.Of(0)).OrThrow();
        Assert.Equal(EquatableArray.Of(0.0, 1, 0, 1, 0, 1), model.Predict(frame).OrThrow().Numbers());
    }

    [Fact]
    public void Constant_columns_are_never_split_on_and_a_frame_of_nothing_else_is_one_leaf()
    {
        Assert.Equal(1, Fit(new DecisionTree(), [[4, 4, 4]], [1, 2, 6]).Tree.NodeCount);
        Assert.Equal([3.0], Predict(Fit(new DecisionTree(), [[4, 4, 4]], [1, 2, 6]), [[4]]));
        Assert.DoesNotContain(0, Fit(new DecisionTree(), [[4, 4, 4], [1, 2, 3]], [1, 2, 6]).Tree.Feature);
    }

    [Fact]
    public void Without_columns_it_predicts_the_mean()
    {
        var model = new DecisionTree()
            .Fit(new(Frame.Empty(40), new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 40).Select(i => (double)i)))), Seed.Of(0))
            .OrThrow();
        Assert.All(model.Predict(Frame.Empty(100)).OrThrow().Numbers(), estimate => Assert.Equal(19.5, estimate));
    }

    [Theory]
    [InlineData(1e100, 2e100)]
    [InlineData(-1e308, 1.7e308)]
    [InlineData(0, 5e-324)]
    [InlineData(5e-324, 1e-323)]
    [InlineData(1, 1.0000000000000002)]
    [InlineData(1.0000000000000002, 1.0000000000000004)]
    [InlineData(-1.0000000000000002, -1)]
    [InlineData(1e16, 10000000000000002)]
    public void A_threshold_lies_between_the_values_however_close_or_far(double low, double high)
    {
        var model = Fit(new DecisionTree(), [[high, low]], [1, 0]);
        Assert.InRange(model.Tree.Threshold[0], low, Math.BitDecrement(high));
        Assert.Equal([1.0, 0], Predict(model, [[high, low]]));
    }

    [Theory]
    [InlineData(1e100)]
    [InlineData(1e308)]
    [InlineData(1e-308)]
    public void Targets_of_any_size_are_met(double unit)
    {
        double[] numbers = [-1.5 * unit, 0.25 * unit, 1.7 * unit, 1.6 * unit];
        Assert.Equal(numbers, Predict(Fit(new DecisionTree(), [[1, 2, 3, 4]], numbers), [[1, 2, 3, 4]]));
    }

    [Fact]
    public void A_large_offset_hides_no_difference()
    {
        // Mean squares of 1e9-sized numbers have no digits left for differences of 1e-3.
        double[] numbers = [1e9, 1e9 + 0.001, 1e9 + 0.004, 1e9 + 0.005];
        Assert.Equal(2.5, Fit(new DecisionTree(MaxDepth: 1), [[1, 2, 3, 4]], numbers).Tree.Threshold[0]);
    }

    [Theory]
    [InlineData(1e300, 1e-300)]
    [InlineData(1, 1e-17)]
    [InlineData(1e-300, 1e-320)]
    public void Weights_of_any_size_give_finite_probabilities(double heavy, double light)
    {
        var frame = TreeCases.FrameOf([1, 2, 3, 4, 5, 6]);
        foreach (var levels in new[] { 2, 3 })
        {
            foreach (var criterion in new[] { Criterion.Gini, Criterion.Entropy })
            {
                var data = new Dataset(frame, TreeCases.ClassesOf([0, 1, 0, levels - 1, 1, 0], levels))
                    .WithFrequencies(EquatableArray.Of(heavy, light, light, heavy, heavy, light));
                var predicted = (Prediction.Probabilities)new DecisionTree(criterion).Fit(data, Seed.Of(0)).OrThrow().Predict(frame)
                    .OrThrow();
                Assert.All(Enumerable.Range(0, 6), row => Assert.Equal(1, predicted.Row(row).ToArray().Sum(), 1e-12));
                Assert.Equal([0, levels - 1, 1], new[] { predicted.Codes()[0], predicted.Codes()[3], predicted.Codes()[4] });
            }
        }
    }

    [Fact]
    public void Exclusive_or_is_learned_although_no_first_split_helps() =>
        Assert.Equal([0.0, 1, 1, 0],
            Predict(Fit(new DecisionTree(), [[0, 0, 1, 1], [0, 1, 0, 1]], [0, 1, 1, 0]), [[0, 0, 1, 1], [0, 1, 0, 1]]));

    [Fact]
    public void A_chain_as_deep_as_there_are_rows_is_grown_and_walked()
    {
        // Each greatest value outweighs all others together, so one row per level is split off.
        double[] rows = [.. Enumerable.Range(0, 900).Select(i => (double)i)];
        double[] numbers = [.. rows.Select(i => Math.ScaleB(1, (int)i - 450))];
        var model = Fit(new DecisionTree(), [rows], numbers);
        Assert.InRange(model.Tree.Depth, 400, 899);
        Assert.Equal(numbers[^300..], Predict(model, [rows])[^300..]);
    }

    [Fact]
    public void Of_equally_good_columns_the_first_is_split_on()
    {
        var model = Fit(new DecisionTree(), [[5, 5, 5, 5], [4, 3, 2, 1], [1, 2, 3, 4], [1, 2, 3, 4]], [0, 0, 1, 1]);
        Assert.Equal([1, -1, -1], model.Tree.Feature);
    }

    [Fact]
    public void Columns_are_found_by_name_and_rows_answered_alike_one_by_one_and_together()
    {
        var (frame, score, _) = TreeCases.Formula();
        var model = Fit(new DecisionTree(), [.. Enumerable.Range(0, 4).Select(frame.Column)], score);
        var shuffled = frame.Select("x3", "x1", "x0", "x2").With("other", Column.Numeric.Of(new double[90]));
        Assert.Equal(model.Predict(frame).OrThrow(), model.Predict(shuffled).OrThrow());
        for (var row = 0; row < 90; row++)
            Assert.Equal(model.Predict(frame).OrThrow().Take(EquatableArray.Of(row)),
                model.Predict(frame.Take(EquatableArray.Of(row))).OrThrow());
    }

    [Fact]
    public void Impurity_importances_of_few_features_drawn_depend_on_the_seed_alone()
    {
        var (frame, _, classes) = TreeCases.Formula();
        var data = new Dataset(frame, TreeCases.ClassesOf(classes, 3));
        var spec = new DecisionTree(MaxFeatures: MaxFeatures.Of(1));
        Assert.Equal(spec.Fit(data, Seed.Of(3)).OrThrow(), spec.Fit(data, Seed.Of(3)).OrThrow());
        Assert.NotEqual(spec.Fit(data, Seed.Of(3)).OrThrow(), spec.Fit(data, Seed.Of(4)).OrThrow());
    }

    [Fact]
    public void Bad_parameters_and_bad_data_fail_with_their_reason()
    {
        var data = new Dataset(TreeCases.FrameOf([1, 2], [3, 4]), TreeCases.ClassesOf([0, 1], 2));
        Fails(new DecisionTree(MaxDepth: 0), data, "maxDepth is 0");
        Fails(new DecisionTree(MinSamplesSplit: 1), data, "minSamplesSplit is 1");
        Fails(new DecisionTree(MinSamplesLeaf: 0), data, "minSamplesLeaf is 0");
        Fails(new DecisionTree((Criterion)7), data, "criterion is 7");
        Fails(new DecisionTree(MaxFeatures: MaxFeatures.Of(0)), data, "maxFeatures is 0");
        Fails(new DecisionTree(MaxFeatures: MaxFeatures.Share(1.5)), data, "maxFeatures is a share of 1.5");
        Fails(new DecisionTree(MaxFeatures: MaxFeatures.Share(double.NaN)), data, "maxFeatures is a share of NaN");
        Fails(new DecisionTree(), data.Take(default), "there are no training rows of positive weight");
        Fails(new DecisionTree(), data.WithFrequencies(EquatableArray.Of(0.0, 0)), "there are no training rows of positive weight");
        Fails(new DecisionTree(), data.WithFrame(TreeCases.FrameOf([1, double.NaN])), "the value is missing");
        Fails(new DecisionTree(), data.WithFrame(Frame.Of(("a", Column.Categorical.Of("p", "q")))), "holds categories");

        var unknown = Sample.Failure(new DecisionTree(), data.WithTarget(new Target.Numeric(EquatableArray.Of(1, double.NaN))));
        Assert.Equal(("target, row 2", "the value is NaN"), (unknown.Where, unknown.What));
    }

    private static void Fails(DecisionTree spec, Dataset data, string what)
    {
        var failure = Assert.IsType<Outcome<Trained>.Fail>(spec.Fit(data, Seed.Of(0))).Failure;
        Assert.StartsWith("tree", failure.Where);
        Assert.Contains(what, failure.What);
        Assert.NotEmpty(failure.Remedy);
    }

    private static DecisionTreeModel Fit(DecisionTree spec, double[][] columns, double[] numbers) =>
        (DecisionTreeModel)spec.FitModel(new(TreeCases.FrameOf(columns), new Target.Numeric(EquatableArray.Of(numbers))), Seed.Of(0))
            .OrThrow();

    private static double[] Predict(DecisionTreeModel model, double[][] columns) =>
        model.Predict(TreeCases.FrameOf(columns)).OrThrow().Numbers().ToArray();
}
