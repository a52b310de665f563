using FsCheck.Xunit;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

[Properties(Arbitrary = [typeof(TreeCases)], MaxTest = 60)]
public class DecisionTreeTests
{
    private static readonly Seed Seed = Seed.Of(1);

    [Property]
    public bool Probabilities_sum_to_1_and_a_class_that_no_row_has_gets_0(ClassesCase given, bool entropy)
    {
        var classes = (Target.Classes)given.Data.Target;
        var wider = new Target.Classes([.. classes.Levels, "never seen"], classes.Codes);
        var predicted = (Prediction.Probabilities)Fit(Spec(entropy), given.Data.WithTarget(wider)).Predict(given.Data.Frame).OrThrow();
        var mass = wider.Mass();
        return Enumerable.Range(0, predicted.Count).All(row =>
            Math.Abs(predicted.Row(row).ToArray().Sum() - 1) < 1e-12
                && Enumerable.Range(0, mass.Length).All(c => mass[c] > 0 || predicted.Row(row)[c] == 0));
    }

    [Property]
    public bool Without_limits_it_predicts_for_each_training_row_the_shares_among_equal_rows(ClassesCase given, bool entropy)
    {
        var classes = (Target.Classes)given.Data.Target;
        var predicted = (Prediction.Probabilities)Fit(Spec(entropy), given.Data).Predict(given.Data.Frame).OrThrow();
        return Enumerable.Range(0, predicted.Count).All(row =>
        {
            var equals = Enumerable.Range(0, predicted.Count).Where(other => SameRow(given.Data.Frame, row, other)).ToArray();
            return Enumerable.Range(0, classes.Levels.Count)
                .All(c =>
                    Math.Abs(predicted.Row(row)[c] - equals.Count(other => classes.Codes[other] == c) / (double)equals.Length) < 1e-12);
        });
    }

    [Property]
    public bool Without_limits_it_predicts_for_each_training_row_the_mean_of_equal_rows(ValuesCase given)
    {
        var numbers = ((Target.Numeric)given.Data.Target).Values;
        var predicted = Fit(new DecisionTree(), given.Data).Predict(given.Data.Frame).OrThrow().Numbers();
        return Enumerable.Range(0, predicted.Count).All(row =>
        {
            var equals = Enumerable.Range(0, predicted.Count).Where(other => SameRow(given.Data.Frame, row, other))
                .Select(other => numbers[other]).ToArray();
            return equals.Distinct().Count() == 1 ? predicted[row] == equals[0] : Math.Abs(predicted[row] - equals.Average()) < 1e-12;
        });
    }

    [Property]
    public bool Equal_weights_are_no_weights(ClassesCase classes, ValuesCase values, bool entropy)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            foreach (var weight in new[] { 1.0, 0.3 })
            {
                if (!Fit(Spec(entropy), data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(weight, data.RowCount))))
                    .Equals(Fit(Spec(entropy), data)))
                    return false;
            }
        }

        return true;
    }

    [Property]
    public bool A_weight_of_2_is_the_row_twice_and_a_weight_of_0_is_no_row(ClassesCase classes, ValuesCase values, bool entropy,
        int[] times)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var weights = Enumerable.Range(0, data.RowCount).Select(row => row == 0 ? 2 : Math.Abs((long)times.ElementAtOrDefault(row) % 4))
                .ToArray();
            var repeated =
                data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount)
                    .SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))));
            var weighted = data.WithFrequencies(EquatableArray.From(weights.Select(weight => (double)weight)));
            if (!Fit(Spec(entropy), weighted).Equals(Fit(Spec(entropy), repeated))) return false;
        }

        return true;
    }

    [Property]
    public bool Fractional_weights_and_integer_ones_in_the_same_proportion_give_trees_with_equal_predictions(ClassesCase given,
        bool entropy)
    {
        // Thirds are not whole in binary: they take the path that sums anew, whole weights the one that keeps up.
        EquatableArray<double> Weights(double unit) =>
            EquatableArray.From(Enumerable.Range(0, given.Data.RowCount).Select(row => (1 + row % 3) * unit));
        var thirds = Fit(Spec(entropy), given.Data.WithFrequencies(Weights(1.0 / 3))).Predict(given.Data.Frame).OrThrow().Numbers();
        var whole = Fit(Spec(entropy), given.Data.WithFrequencies(Weights(1))).Predict(given.Data.Frame).OrThrow().Numbers();
        return thirds.Zip(whole).All(pair => Math.Abs(pair.First - pair.Second) < 1e-12);
    }

    [Property]
    public bool An_increasing_function_of_a_column_changes_no_training_prediction(ClassesCase classes, ValuesCase values)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var bent =
                TreeCases.FrameOf([.. Enumerable.Range(0, data.Frame.Columns.Count)
                    .Select(c => data.Frame.Column(c).Select(x => Math.Exp(x / 3)).ToArray())]);
            if (Fit(new DecisionTree(), data.WithFrame(bent)).Predict(bent).OrThrow() != Fit(new DecisionTree(), data).Predict(data.Frame)
                .OrThrow())
                return false;
        }

        return true;
    }

    [Property]
    public bool No_two_rows_of_outputs_are_alike_and_each_is_some_leafs(ClassesCase given, bool entropy)
    {
        var model = Fit(Spec(entropy), given.Data);
        var (tree, width) = (model.Tree, model.Levels.Count);
        var rows = tree.Outputs.Chunk(width).Select(row => EquatableArray.Own(row)).ToArray();
        var leaves = Enumerable.Range(0, tree.NodeCount).Where(node => tree.Feature[node] < 0).Select(node => tree.Right[node]).Distinct()
            .Order();
        return rows.Distinct().Count() == rows.Length && leaves.SequenceEqual(Enumerable.Range(0, rows.Length));
    }

    [Property]
    public bool Limits_are_kept(ClassesCase given, bool entropy)
    {
        var model = Fit(Spec(entropy) with { MaxDepth = 2, MinSamplesLeaf = 3 }, given.Data);
        var reached = Enumerable.Range(0, given.Data.RowCount).GroupBy(row => LeafOf(model.Tree, given.Data.Frame, row)).ToArray();
        return model.Tree.Depth <= 2
            && reached.Length == model.Tree.LeafCount
            && (reached.Length == 1 || reached.All(leaf => leaf.Count() >= 3));
    }

    [Property]
    public bool Importances_sum_to_1_if_a_split_reduced_impurity(ClassesCase classes, ValuesCase values, bool entropy)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var model = Fit(Spec(entropy), data);
            var differ = model.Predict(data.Frame).OrThrow().Numbers() is var predicted
                && Enumerable.Range(0, data.RowCount)
                .Select(row =>
                    predicted.At(EquatableArray.From(Enumerable.Range(row * (predicted.Count / data.RowCount),
                        predicted.Count / data.RowCount)))).Distinct().Count() > 1;
            if (differ
                ? Math.Abs(model.Importances.Sum() - 1) > 1e-9
                : model.Importances.Any(i => i > 1e-9 && model.Importances.Sum() is < 0.999999))
                return false;
        }

        return true;
    }

    [Property]
    public bool Permuting_columns_renumbers_features_and_nothing_else(int seed)
    {
        // Leaves of at least 8 of 40 rows, and targets that hardly repeat: no two columns split equally well.
        var stream = Seed.Of(seed).Stream();
        var columns = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 40).Select(_ => stream.NextNormal()).ToArray()).ToArray();
        var target = new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 40).Select(_ => (double)stream.Next(1_000_000))));
        int[] order = [2, 0, 3, 1];
        var spec = new DecisionTree(MaxDepth: 2, MinSamplesLeaf: 8);
        var plain = Fit(spec, new(TreeCases.FrameOf(columns), target)).Tree;
        var permuted = Fit(spec, new(TreeCases.FrameOf([.. order.Select(c => columns[c])]), target)).Tree;
        return plain with { Feature = default } == permuted with { Feature = default }
            && plain.Feature.SequenceEqual(permuted.Feature.Select(c => c < 0 ? -1 : order[c]));
    }

    [Property]
    public bool Reordering_rows_changes_nothing(ClassesCase classes, ValuesCase values, int seed)
    {
        foreach (var data in new[] { classes.Data, values.Data })
        {
            var order = Enumerable.Range(0, data.RowCount).ToArray();
            Seed.Of(seed).Stream().Shuffle<int>(order);
            if (!Fit(new DecisionTree(), data.Take(EquatableArray.Own(order))).Equals(Fit(new DecisionTree(), data))) return false;
        }

        return true;
    }

    [Theory]
    [InlineData(200)]
    [InlineData(50_000)]
    [InlineData(70_000)]
    public void Columns_of_few_and_of_very_many_distinct_values_are_split_alike(int distinct)
    {
        // A tree on a column of that many values is the tree on the column's four quarters, except for its thresholds.
        var stream = Seed.Of(distinct).Stream();
        var rows = Enumerable.Range(0, 80_000).Select(row => row < distinct ? row : stream.Next(distinct)).ToArray();
        stream.Shuffle<int>(rows);
        var quarters = rows.Select(value => (double)(value * 4L / distinct)).ToArray();
        foreach (var levels in new[] { 2, 4 })
        {
            var target = TreeCases.ClassesOf(quarters.Select(quarter => (int)quarter % levels), levels);
            var fine = Fit(new DecisionTree(), new(TreeCases.FrameOf([.. rows.Select(value => (double)value)]), target)).Tree;
            var coarse = Fit(new DecisionTree(), new(TreeCases.FrameOf(quarters), target)).Tree;
            Assert.Equal(coarse with { Threshold = default }, fine with { Threshold = default });
            Assert.True(coarse.Threshold.Zip(fine.Threshold)
                .All(pair => Math.Ceiling(pair.First) * distinct / 4 == Math.Ceiling(pair.Second)));
        }
    }

    private static DecisionTree Spec(bool entropy) => new(entropy ? Criterion.Entropy : Criterion.Gini);

    private static DecisionTreeModel Fit(DecisionTree spec, Dataset data) => (DecisionTreeModel)spec.FitModel(data, Seed).OrThrow();

    private static bool SameRow(Frame frame, int row, int other) =>
        frame.Columns.All(c => ((Column.Numeric)c.Column)[row] == ((Column.Numeric)c.Column)[other]);

    private static int LeafOf(Tree tree, Frame frame, int row)
    {
        var node = 0;
        while (tree.Feature[node] >= 0)
            node = ((Column.Numeric)frame.Columns[tree.Feature[node]].Column)[row] <= tree.Threshold[node] ? node + 1 : tree.Right[node];
        return node;
    }

    /// <summary>Three rows twice: a leaf of at least 2 has one of them by its frequency, and two by its importance.</summary>
    [Fact]
    public void Frequencies_count_towards_the_least_number_of_rows_and_importance_weights_do_not()
    {
        var data = new Dataset(TreeCases.FrameOf([1, 2, 3]), TreeCases.ClassesOf([0, 1, 0], 2));
        var twice = EquatableArray.Of(2.0, 2, 2);
        Assert.Equal(5, Nodes(data.WithWeights(twice, WeightKind.Frequency)));
        Assert.Equal(5, Nodes(data.Take([0, 0, 1, 1, 2, 2])));
        Assert.Equal(1, Nodes(data.WithWeights(twice)));
        Assert.Equal(1, Nodes(data));

        static int Nodes(Dataset rows) =>
            ((DecisionTreeModel)new DecisionTree(MinSamplesLeaf: 2).FitModel(rows, Seed.Of(1)).OrThrow()).Tree.NodeCount;
    }
}
