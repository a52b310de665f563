using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

[Properties(Arbitrary = [typeof(TreeCases)], MaxTest = 40)]
public class RandomForestTests
{
    [Property]
    public bool Threads_change_nothing(ClassesCase classes, ValuesCase values, int seed) =>
        new[] { classes.Data, values.Data }.All(data =>
            Executor.Threads(2).Fit(new RandomForest(9), data, Seed.Of(seed)).OrThrow()
                .Equals(new RandomForest(9).Fit(data, Seed.Of(seed)).OrThrow()));

    [Property]
    public bool Probabilities_sum_to_1_and_importances_too(ClassesCase given, int seed, bool entropy)
    {
        var classes = (Target.Classes)given.Data.Target;
        var wider = new Target.Classes([.. classes.Levels, "never seen"], classes.Codes);
        var model = Fit(new RandomForest(5, entropy ? Criterion.Entropy : Criterion.Gini), given.Data.WithTarget(wider), seed);
        var predicted = (Prediction.Probabilities)model.Predict(given.Data.Frame).OrThrow();
        var mass = wider.Mass();
        var total = model.Importances.Sum();
        return Enumerable.Range(0, predicted.Count).All(row =>
                Math.Abs(predicted.Row(row).ToArray().Sum() - 1) < 1e-12
                    && Enumerable.Range(0, mass.Length).All(c => mass[c] > 0 || predicted.Row(row)[c] == 0))
            && (Math.Abs(total - 1) < 1e-9 || (total == 0 && model.Trees.All(tree => tree.NodeCount == 1 || tree.Outputs.Count > 0)));
    }

    [Property]
    public bool Equal_weights_are_no_weights_and_rows_of_weight_0_are_no_rows(ClassesCase classes, ValuesCase values, int seed)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var plain = Fit(new RandomForest(4), data, seed);
            if (!plain.Equals(Fit(new RandomForest(4), data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(1.0, data.RowCount))),
                seed)))
                return false;
            var doubled = data.Take([.. EquatableArray.Range(data.RowCount), .. EquatableArray.Range(data.RowCount)]);
            var weights = EquatableArray.From(Enumerable.Range(0, doubled.RowCount).Select(row => row < data.RowCount ? 1.0 : 0));
            if (!plain.Equals(Fit(new RandomForest(4), doubled.WithFrequencies(weights), seed))) return false;
        }

        return true;
    }

    /// <summary>As of bagging: only the group of a row tells its label, which is a coin's.</summary>
    [Fact]
    public void Out_of_bag_predictions_of_labels_drawn_by_group_stay_at_chance()
    {
        var data = Sample.CoinsByGroup(200, 3);
        var (blind, forest) = (Fit(new RandomForest(60), data.WithGroups(null), 1), Fit(new RandomForest(60), data, 1));
        Assert.InRange(blind.OutOfBag!.Score, 0.9, 1);

        // Four standard deviations of the share of 200 coins.
        Assert.InRange(forest.OutOfBag!.Score, 0.5 - 4 * 0.5 / Math.Sqrt(200), 0.5 + 4 * 0.5 / Math.Sqrt(200));
        Assert.Equal(blind.Trees, forest.Trees);
        Assert.Null(Fit(new RandomForest(3), Sample.CoinsByGroup(1, 30), 1).OutOfBag);
    }

    [Property]
    public bool Without_bootstrap_and_drawing_it_is_the_tree(ClassesCase classes, ValuesCase values, int seed)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var forest = Fit(new RandomForest(2, MaxFeatures: MaxFeatures.All, Bootstrap: false), data, seed);
            var tree = (DecisionTreeModel)new DecisionTree().FitModel(data, Seed.Of(0)).OrThrow();
            if (forest.OutOfBag is not null || forest.Trees != EquatableArray.Of(tree.Tree, tree.Tree)) return false;
        }

        return true;
    }

    [Property]
    public bool A_forest_is_the_beginning_of_a_larger_one(ClassesCase given, int seed) =>
        Fit(new RandomForest(3), given.Data, seed).Trees.SequenceEqual(Fit(new RandomForest(7), given.Data, seed).Trees.Take(3));

    [Property]
    public bool A_tree_of_the_forest_is_the_tree_on_its_bootstrap_sample(ClassesCase given, int seed)
    {
        // All columns considered, so that only the sample is random; the documented seed draws it again here.
        var forest = Fit(new RandomForest(3, MaxFeatures: MaxFeatures.All), given.Data, seed);
        return Enumerable.Range(0, 3).All(t =>
        {
            var weighted =
                given.Data.WithFrequencies(EquatableArray.From(Times(given.Data.RowCount, seed, t).Select(times => (double)times)));
            return ((DecisionTreeModel)new DecisionTree().FitModel(weighted, Seed.Of(0)).OrThrow()).Tree == forest.Trees[t];
        });
    }

    [Property]
    public bool The_out_of_bag_score_asks_only_trees_that_did_not_see_the_row(ClassesCase classes, ValuesCase values, int seed)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var (model, rows) = (Fit(new RandomForest(3), data, seed), data.RowCount);
            var sampled = Enumerable.Range(0, 3).Select(t => Times(rows, seed, t)).ToArray();
            var scored = Enumerable.Range(0, rows).Where(row => sampled.Any(times => times[row] == 0)).ToArray();
            if (scored.Length == 0)
            {
                if (model.OutOfBag is not null) return false;
                continue;
            }

            var predicted = scored.Select(row => Prediction.Mean([.. Enumerable.Range(0, 3).Where(t => sampled[t][row] == 0)
                .Select(t =>
                    (model with { Trees = EquatableArray.Of(model.Trees[t]) }).Predict(data.Frame.Take(EquatableArray.Of(row)))
                        .OrThrow())])).ToArray();
            var expected = data.Target is Target.Classes c
                ? scored.Zip(predicted)
                .Count(pair => ((Prediction.Probabilities)pair.Second).Codes()[0] == c.Codes[pair.First]) / (double)scored.Length
                : RSquared([.. scored.Select(row => ((Target.Numeric)data.Target).Values[row])],
                    [.. predicted.Select(p => p.Numbers()[0])]);
            Assert.Equal(scored.Length, model.OutOfBag!.Rows);
            Assert.Equal(expected, model.OutOfBag.Score, 1e-9 * Math.Max(1, Math.Abs(expected)));
        }

        return true;
    }

    [Fact]
    public void Noise_has_an_out_of_bag_score_of_chance()
    {
        var stream = Seed.Of(5).Stream();
        var frame =
            TreeCases.FrameOf([.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 400).Select(_ => stream.NextNormal()).ToArray())]);
        var model = Fit(new RandomForest(50), new(frame, TreeCases.ClassesOf(Enumerable.Range(0, 400).Select(_ => stream.Next(2)), 2)), 1);

        // Standard error of chance: 0.025.
        Assert.InRange(model.OutOfBag!.Score, 0.4, 0.6);
    }

    [Fact]
    public void Uninformative_columns_are_of_no_importance()
    {
        var stream = Seed.Of(6).Stream();
        var columns = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 300).Select(_ => stream.NextNormal()).ToArray()).ToArray();
        var model =
            Fit(new RandomForest(20),
                new(TreeCases.FrameOf(columns), new Target.Numeric(EquatableArray.From(columns[1].Select(x => 3 * x)))), 1);
        Assert.InRange(model.ImportanceOf("x1"), 0.98, 1);
        Assert.Throws<KeyNotFoundException>(() => model.ImportanceOf("x7"));
    }

    [SharedFact("digits/digits.csv")]
    public void Handwritten_digits_are_classified()
    {
        // scikit-learn's forest of 100 scores 0.975 out of bag over all 1,797 rows (5 seeds: 0.971 to 0.976).
        var (frame, target) = TreeCases.Shared("digits/digits.csv");
        var model = (RandomForestModel)Executor.Threads(2).Fit(new RandomForest(), new(frame, Target.Classes.Of(target)), Seed.Of(1))
            .OrThrow().Model;
        Assert.InRange(model.OutOfBag!.Score, 0.965, 0.985);
        Assert.Equal(1797, model.OutOfBag.Rows);
    }

    [SharedFact("diabetes/diabetes.csv")]
    public void Diabetes_progression_is_estimated_as_well_as_by_the_peer()
    {
        // scikit-learn's forest of 100 has an R squared of 0.42 out of bag (6 seeds: 0.409 to 0.431).
        var (frame, target) = TreeCases.Shared("diabetes/diabetes.csv");
        var numbers = target.Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(Fit(new RandomForest(), new(frame, new Target.Numeric(EquatableArray.From(numbers))), 1).OutOfBag!.Score, 0.38,
            0.46);
    }

    [Fact]
    public void Bad_parameters_and_bad_data_fail_with_their_reason()
    {
        var data = new Dataset(TreeCases.FrameOf([1, 2], [3, 4]), TreeCases.ClassesOf([0, 1], 2));
        Fails(new RandomForest(0), data, "trees is 0");
        Fails(new RandomForest(-3), data, "trees is -3");
        Fails(new RandomForest(MaxDepth: 0), data, "maxDepth is 0");
        Fails(new RandomForest(MinSamplesSplit: 0), data, "minSamplesSplit is 0");
        Fails(new RandomForest(MinSamplesLeaf: 0), data, "minSamplesLeaf is 0");
        Fails(new RandomForest(MaxFeatures: MaxFeatures.Share(0)), data, "maxFeatures is a share of 0");
        Fails(new RandomForest(), data.Take(default), "there are no training rows of positive weight");
        Fails(new RandomForest(), data.WithFrequencies(EquatableArray.Of(0.0, 0)), "there are no training rows of positive weight");
    }

    private static void Fails(RandomForest spec, Dataset data, string what)
    {
        foreach (var outcome in new[] { spec.Fit(data, Seed.Of(0)), Executor.Threads(2).Fit(spec, data, Seed.Of(0)) })
        {
            var failure = Assert.IsType<Outcome<Trained>.Fail>(outcome).Failure;
            Assert.Equal(("randomForest", what), (failure.Where, failure.What));
        }
    }

    private static RandomForestModel Fit(RandomForest spec, Dataset data, int seed) =>
        (RandomForestModel)spec.FitModel(data, Seed.Of(seed)).OrThrow();

    private static int[] Times(int rows, int seed, int tree)
    {
        var times = new int[rows];
        var stream = Seed.Of(seed).Fork("tree").Fork(tree).Fork("bootstrap").Stream();
        for (var i = 0; i < rows; i++) times[stream.Next(rows)]++;
        return times;
    }

    private static double RSquared(double[] actual, double[] estimated)
    {
        var (mean, left) = (actual.Average(), actual.Zip(estimated).Sum(pair => Math.Pow(pair.First - pair.Second, 2)));
        var all = actual.Sum(x => Math.Pow(x - mean, 2));
        return all > 0 ? 1 - left / all : left == 0 ? 1 : 0;
    }
}
