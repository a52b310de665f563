using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

[Properties(Arbitrary = [typeof(Arbitraries), typeof(TreeCases)], MaxTest = 60)]
public class TreeExplanationsTests
{
    // A value is a sum of at most one term per leaf and tree, each of at most the largest output times the rounding of a path.
    private const double Rounding = 1e-9;

    [Property]
    public void Values_sum_to_the_prediction_less_the_mean_prediction_of_the_reference_rows(ClassesCase classes, ValuesCase values,
        Seed seed)
    {
        foreach (var data in (Dataset[])[classes.Data, values.Data])
        {
            foreach (var learner in (ILearner[])[new DecisionTree(MaxDepth: 4), new RandomForest(5), new ExtraTrees(5)])
            {
                var model = (IShapModel)learner.FitModel(data, seed).OrThrow();
                var explained = model.Explain(data.Frame).OrThrow();
                var (predicted, outputs) = (model.Predict(data.Frame).OrThrow().Numbers(), explained.Outputs);
                var most = Math.Max(1, predicted.Max(Math.Abs));
                for (var k = 0; k < outputs; k++)
                {
                    Assert.Equal(Enumerable.Range(0, data.RowCount).Average(row => predicted[row * outputs + k]), explained.Base[k],
                        Rounding * most);
                    for (var row = 0; row < data.RowCount; row++)
                    {
                        Assert.Equal(predicted[row * outputs + k], explained.Base[k] + explained.Of(row, k).ToArray().Sum(),
                            Rounding * most);
                    }
                }
            }
        }
    }

    /// <summary>The definition: the mean over all orders of learning the columns.</summary>
    [Property]
    public void Values_are_shapley_values_by_the_definition_also_of_rows_beside_the_reference(ValuesCase values, ClassesCase classes,
        Seed seed,
        byte part)
    {
        Check((RandomForestModel)new RandomForest(3, MaxDepth: 4, MaxFeatures: MaxFeatures.All).FitModel(values.Data, seed).OrThrow(),
            values.Data.Frame);
        Check((RandomForestModel)new ExtraTrees(2).FitModel(classes.Data, seed).OrThrow(), classes.Data.Frame);

        void Check(RandomForestModel model, Frame rows)
        {
            var reference = rows.Take(EquatableArray.Range(1 + part % rows.RowCount));
            var (explained, outputs) = (model.Explain(rows, reference).OrThrow(), Math.Max(1, model.Levels.Count));
            var cells = Enumerable.Range(0, rows.Columns.Count).Select(rows.Column).ToArray();
            var known = Enumerable.Range(0, reference.Columns.Count).Select(reference.Column).ToArray();
            var columns = cells.Length;
            for (var row = 0; row < rows.RowCount; row++)
            {
                for (var k = 0; k < outputs; k++)
                {
                    var worth = Enumerable.Range(0, 1 << columns).Select(set => model.Trees.Average(tree => Worth(tree, 0, set,
                        [.. Enumerable.Range(0, reference.RowCount)], k))).ToArray();
                    for (var column = 0; column < columns; column++)
                    {
                        var value = Enumerable.Range(0, 1 << columns).Where(set => (set >> column & 1) == 0).Sum(set =>
                            Weight(System.Numerics.BitOperations.PopCount((uint)set), columns) * (worth[set | 1 << column] - worth[set]));
                        Assert.Equal(value, explained.Of(row, k)[column], Rounding * Math.Max(1, worth.Max(Math.Abs)));
                    }
                }

                // The expected output of a node if only the columns of the set are known.
                double Worth(Tree tree, int node, int set, int[] here, int k)
                {
                    var column = tree.Feature[node];
                    if (column < 0) return tree.Outputs[tree.Right[node] * outputs + k];
                    var (left, right) = (here.Where(one => known[column][one] <= tree.Threshold[node]).ToArray(),
                        here.Where(one => !(known[column][one] <= tree.Threshold[node])).ToArray());
                    var (ofLeft, ofRight) =
                        (Worth(tree, node + 1, set, left, k), Worth(tree, tree.Right[node], set, right, k));
                    return (set >> column & 1) != 0 ? cells[column][row] <= tree.Threshold[node] ? ofLeft : ofRight
                        : here.Length == 0 ? (ofLeft + ofRight) / 2
                        : (left.Length * ofLeft + right.Length * ofRight) / here.Length;
                }
            }
        }

        static double Weight(int size, int columns) => Factorial(size) * Factorial(columns - size - 1) / Factorial(columns);

        static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
    }

    [Fact]
    public void No_reference_rows_are_refused()
    {
        var frame = TreeCases.FrameOf([1, 2, 3]);
        var model = (DecisionTreeModel)new DecisionTree().FitModel(new(frame, new Target.Numeric([1, 2, 3])), Seed.Of(1)).OrThrow();
        Assert.IsType<Outcome<ShapValues>.Fail>(model.Explain(frame, frame.Take(default)));
    }
}
