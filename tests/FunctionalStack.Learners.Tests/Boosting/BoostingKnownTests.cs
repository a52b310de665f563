using FunctionalStack.Laws;
using FunctionalStack.Learners.Tests.Trees;
using Xunit;

namespace FunctionalStack.Learners.Tests.Boosting;

/// <summary>What XGBoost 1.7.4 (<c>tree_method=exact</c>, base_score the mean) grows on 24 rows from a formula, according to its
/// dump.</summary>
public class BoostingKnownTests
{
    private static readonly double[][] columns =
    [
        [.. Enumerable.Range(0, 24).Select(i => (double)(i * 7 % 11))],
        [.. Enumerable.Range(0, 24).Select(i => (double)(i * 5 % 13))],
        [.. Enumerable.Range(0, 24).Select(i => (double)(i * i % 9))],
    ];

    private static readonly double[] numbers = [.. Enumerable.Range(0, 24).Select(i => columns[0][i] * 2 - columns[1][i] + i % 3 * 4)];

    [Fact]
    public void A_split_on_four_rows_gains_what_a_hand_computes()
    {
        // Values 1, 2, 6, 11, mean 5: derivatives 4, 3, -1, -6. With lambda 1: 7^2 / 3 + 7^2 / 3 - 0^2 / 5; leaves -7 / 3 and 7 / 3.
        var model = Fit(new GradientBoosting(1, 1, 1), [[1, 2, 3, 4]], new Target.Numeric(EquatableArray.Of(1.0, 2, 6, 11)));
        var tree = Assert.Single(model.Trees);
        Assert.Equal([0, -1, -1], tree.Feature);
        Assert.Equal(2.5, model.Columns[0].Thresholds[tree.Code[0] - 1]);
        Assert.Equal(98 / 3.0, tree.Gain[0], 1e-13);
        Assert.Equal([4.0, 2, 2], tree.Cover);
        Assert.Equal([0, -7 / 3.0, 7 / 3.0], tree.Value);
        Assert.Equal(EquatableArray.Of(5 - 7 / 3.0, 5 - 7 / 3.0, 5 + 7 / 3.0, 5 + 7 / 3.0),
            model.Predict(TreeCases.FrameOf([1, 2, 3, 4])).OrThrow().Numbers());
    }

    [Fact]
    public void Two_rounds_of_squared_error()
    {
        var model = Fit(new GradientBoosting(2, 0.5, 2), columns, new Target.Numeric(EquatableArray.Own(numbers)));
        Same(model, 0,
            [0, 1, -1, -1, 0, -1, -1],
            [6.5, 3.5, 0, 0, 8.5, 0, 0],
            [577.710327, 43.790985, 0, 0, 62.304260, 0, 0],
            [24, 15, 6, 9, 9, 5, 4],
            [0, 0, -0.660714, -2.518750, 0, 1.371528, 4.316667]);
        Same(model, 1,
            [0, 0, -1, -1, 2, -1, -1],
            [7.5, 5.5, 0, 0, 0.5, 0, 0],
            [200.982971, 34.504486, 0, 0, 8.983459, 0, 0],
            [24, 18, 13, 5, 6, 3, 3],
            [0, 0, -1.200457, 0.281771, 0, 1.108768, 2.983768]);
        Close([5.847162, 9.361631, 3.989126, 13.133767, 5.471354, 3.989126],
            EquatableArray.Own(model.Scores(TreeCases.FrameOf(columns)).OrThrow()));

        var explained = model.Explain(TreeCases.FrameOf(columns)).OrThrow();
        Assert.Equal(7.523824, explained.Base[0], 1e-6);
        Close([-2.465268, 0.905792, -0.117188], EquatableArray.Copy(explained.Of(0)));
        Close([5.847499, 0.348382, -0.585938], EquatableArray.Copy(explained.Of(3)));
    }

    [Fact]
    public void Penalties_and_the_least_weight_and_gain()
    {
        var model =
            Fit(new GradientBoosting(1, 1, 3, Lambda: 0.5, Alpha: 3, Gamma: 20, MinChildWeight: 3), columns,
                new Target.Numeric(EquatableArray.Own(numbers)));
        Same(model, 0,
            [0, 1, -1, -1, 0, -1, -1],
            [6.5, 3.5, 0, 0, 8.5, 0, 0],
            [544.378723, 35.397339, 0, 0, 53.942017, 0, 0],
            [24, 15, 6, 9, 9, 5, 4],
            [0, 0, -0.961539, -4.986842, 0, 2.446970, 8.925925]);
    }

    [Fact]
    public void Two_rounds_of_two_classes()
    {
        var model =
            Fit(new GradientBoosting(2, 0.3, 2, MinChildWeight: 0), columns,
                TreeCases.ClassesOf(numbers.Select(number => number > 6.5 ? 1 : 0), 2));
        Same(model, 0,
            [0, 1, -1, -1, -1],
            [6.5, 1.5, 0, 0, 0],
            [6.348178, 3.321053, 0, 0, 0],
            [6, 3.75, 1, 2.75, 2.25],
            [0, 0, 0.15, -0.36, 0.323077]);
        Same(model, 1,
            [0, 1, -1, -1, 1, -1, -1],
            [5.5, 1.5, 0, 0, 7.5, 0, 0],
            [4.321455, 2.722019, 0, 0, 1.206829, 0, 0],
            [5.849479, 3.173042, 0.994396, 2.178646, 2.676437, 1.703601, 0.972836],
            [0, 0, 0.127900, -0.349077, 0, 0.344940, -0.022989]);
        Close([0.277901, 0.668017, -0.709077, 0.668017, -0.015060], EquatableArray.Own(model.Scores(TreeCases.FrameOf(columns)).OrThrow()));
    }

    [Fact]
    public void Missing_values_go_where_they_gain_most()
    {
        double[][] gaps = [[.. columns[0].Select((x, i) => i % 5 == 2 ? double.NaN : x)], columns[1], columns[2]];
        var model = Fit(new GradientBoosting(1, 1, 2), gaps, new Target.Numeric(EquatableArray.Own(numbers)));
        Same(model, 0,
            [0, 1, -1, -1, 0, -1, -1],
            [6.5, 9.5, 0, 0, 8.5, 0, 0],
            [452.141510, 69.329071, 0, 0, 6.988403, 0, 0],
            [24, 17, 12, 5, 7, 4, 3],
            [0, 0, -1.269231, -5.590278, 0, 3.633333, 7.968750]);
        Assert.Equal(1, model.Trees[0].MissingLeft[0]);
    }

    [Fact]
    public void A_round_of_three_classes_is_a_tree_a_class()
    {
        // Eight rows a class, so that XGBoost's equal starting scores are ours up to a common number.
        var codes = Enumerable.Range(0, 24).Select(i => (i + (columns[0][i] > 5 ? 1 : 0)) % 3).ToArray();
        (codes[3], codes[6], codes[7]) = (0, 2, 2);
        Assert.All(Enumerable.Range(0, 3), code => Assert.Equal(8, codes.Count(c => c == code)));
        var model = Fit(new GradientBoosting(1, 0.5, 1, MinChildWeight: 0), columns, TreeCases.ClassesOf(codes, 3));
        Assert.Equal(3, model.Trees.Count);
        for (var k = 0; k < 3; k++)
        {
            // p = 1/3: derivatives 1/3 - [true] and 4/9.
            var (tree, members) = (model.Trees[k], codes.Select(code => code == k).ToArray());
            var best = Enumerable.Range(0, 3).SelectMany(c => columns[c].Distinct().Select(x => Gain(c, x))).Max();
            Assert.Equal(best, tree.Gain[0], 1e-6);
            Assert.Equal(24 * 4 / 9.0, tree.Cover[0], 1e-6);

            double Gain(int column, double cut)
            {
                var (g, h) = (new double[2], new double[2]);
                for (var i = 0; i < 24; i++)
                {
                    var side = columns[column][i] <= cut ? 0 : 1;
                    g[side] += 1 / 3.0 - (members[i] ? 1 : 0);
                    h[side] += 4 / 9.0;
                }

                return h[1] == 0
                    ? 0 : g[0] * g[0] / (h[0] + 1) + g[1] * g[1] / (h[1] + 1) - (g[0] + g[1]) * (g[0] + g[1]) / (h[0] + h[1] + 1);
            }
        }
    }

    [Fact]
    public void Counts_by_Poissons_deviance()
    {
        var model =
            Fit(new GradientBoosting(1, 0.5, 2, Objective: BoostingObjective.Poisson), columns,
                new Target.Numeric(EquatableArray.From(numbers.Select(Math.Abs))));
        Same(model, 0,
            [0, 0, -1, -1, 0, -1, -1],
            [7.5, 6.5, 0, 0, 8.5, 0, 0],
            [35.043079, 5.036365, 0, 0, 2.749842, 0, 0],
            [388.654297, 291.490723, 242.908951, 48.581787, 97.163574, 32.387859, 64.775719],
            [0, 0, -0.116078, 0.059246, 0, 0.133532, 0.318000]);
        Close([1.968558, 2.143882], EquatableArray.Own(model.Scores(TreeCases.FrameOf(columns)).OrThrow()));
        Assert.Equal(Math.Exp(1.968558), model.Predict(TreeCases.FrameOf(columns)).OrThrow().Numbers()[0], 1e-5);
    }

    [Fact]
    public void Constraints_bound_the_children()
    {
        var model =
            Fit(new GradientBoosting(1, 1, 3, Increasing: ["x0"], Decreasing: ["x1"]), columns,
                new Target.Numeric(EquatableArray.Own(numbers)));
        var scores = model.Scores(TreeCases.FrameOf(columns)).OrThrow();
        Close([4.528869, 11.677084, 1.963542, 16.341667, 4.528869], EquatableArray.Own(scores));
        Close([577.710327, 43.790985, 23.960861], model.Trees[0].Gain);
    }

    [SharedFact("digits/digits.csv")]
    public void Handwritten_digits_are_classified_as_well_as_by_the_peer()
    {
        // XGBoost's hist: log-loss 0.1445 and accuracy 0.9528 on every fifth row.
        var (frame, words) = TreeCases.Shared("digits/digits.csv");
        var data = new Dataset(frame, Target.Classes.Of(words));
        var test = data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => row % 5 == 0)));
        var train = data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => row % 5 != 0)));
        var predicted = (Prediction.Probabilities)Executor.Threads(2).Fit(new GradientBoosting(40, 0.3, 4), train, Seed.Of(1)).OrThrow()
            .Predict(test.Frame).OrThrow();
        Assert.InRange(ClassMetrics.LogLoss((Target.Classes)test.Target, predicted), 0.13, 0.155);
    }

    [SharedFact("diabetes/diabetes.csv")]
    public void Diabetes_progression_is_estimated_as_well_as_by_the_peer()
    {
        // XGBoost: root mean squared error 56.33 (hist), 55.81 (exact) on every fifth row.
        var (frame, words) = TreeCases.Shared("diabetes/diabetes.csv");
        var data =
            new Dataset(frame,
                new Target.Numeric(EquatableArray.From(words.Select(word =>
                double.Parse(word, System.Globalization.CultureInfo.InvariantCulture)))));
        var test = data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => row % 5 == 0)));
        var train = data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => row % 5 != 0)));
        var predicted = new GradientBoosting(60, 0.1, 3).Fit(train, Seed.Of(1)).OrThrow().Predict(test.Frame).OrThrow().Numbers();
        var error = Math.Sqrt(predicted.Zip(((Target.Numeric)test.Target).Values, (a, b) => (a - b) * (a - b)).Average());
        Assert.InRange(error, 54.5, 57);
    }

    private static GradientBoostingModel Fit(GradientBoosting spec, double[][] columns, Target target) =>
        (GradientBoostingModel)spec.FitModel(new(TreeCases.FrameOf(columns), target), Seed.Of(1)).OrThrow();

    // XGBoost computes in single precision.
    private static void Same(GradientBoostingModel model, int at, int[] feature, double[] thresholds, double[] gain, double[] cover,
        double[] value)
    {
        var tree = model.Trees[at];
        Assert.Equal(feature, tree.Feature);
        Close(thresholds,
            EquatableArray.From(tree.Feature.Select((column, node) =>
            column < 0 ? 0 : model.Columns[column].Thresholds[tree.Code[node] - 1])));
        Close(gain, tree.Gain);
        Close(cover, tree.Cover);
        Close(value, tree.Value);
    }

    private static void Close(double[] expected, EquatableArray<double> found)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 2e-6 * Math.Max(1, Math.Abs(expected[i])));
    }
}
