using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Learners.Tests.Trees;
using Xunit;

namespace FunctionalStack.Learners.Tests.Boosting;

[Properties(Arbitrary = [typeof(Arbitraries), typeof(TreeCases), typeof(BoostingCases)], MaxTest = 60)]
public class ShapValuesTests
{
    [Property]
    public void Shapley_values_sum_to_the_score_less_the_base(PlainBoosting plain, AnyData any)
    {
        if (plain.Spec.FitModel(any.Data, Seed.Of(1)) is not Outcome<IModel>.Ok { Value: GradientBoostingModel model }) return;
        var (scores, explained) = (model.Scores(any.Data.Frame).OrThrow(), model.Explain(any.Data.Frame).OrThrow());
        for (var row = 0; row < any.Data.RowCount; row++)
        {
            for (var output = 0; output < model.Outputs; output++)
            {
                var (score, sum) =
                    (scores[row * model.Outputs + output], explained.Base[output] + explained.Of(row, output).ToArray().Sum());
                Assert.Equal(score, sum, 1e-8 * Math.Max(1, Math.Abs(score)));
            }
        }
    }

    [Property]
    public void Shapley_values_are_the_mean_over_all_orders_of_learning_columns(PlainBoosting plain, ValuesCase values)
    {
        var model = (GradientBoostingModel)(plain.Spec with { Rounds = 1 }).FitModel(values.Data, Seed.Of(1)).OrThrow();
        if (model.Trees.Count == 0) return;
        var (explained, columns) = (model.Explain(values.Data.Frame).OrThrow(), model.Columns.Count);
        for (var row = 0; row < values.Data.RowCount; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var value = 0.0;
                for (var known = 0; known < 1 << columns; known++)
                {
                    if ((known >> column & 1) != 0) continue;
                    var size = System.Numerics.BitOperations.PopCount((uint)known);
                    value += Factorial(size) * Factorial(columns - size - 1) / Factorial(columns)
                        * (Given(known | 1 << column) - Given(known));
                }

                Assert.Equal(value, explained.Of(row)[column], 1e-9 * Math.Max(1, Math.Abs(value)));

                double Given(int known) =>
                    Expected(model, 0, column => ((Column.Numeric)values.Data.Frame.Columns[column].Column)[row], known);
            }
        }

        static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

        static double Expected(GradientBoostingModel model, int node, Func<int, double> cell, int known)
        {
            var tree = model.Trees[0];
            var column = tree.Feature[node];
            if (column < 0) return tree.Value[node];
            var (left, right) = (node + 1, tree.Right[node]);
            if ((known >> column & 1) != 0)
                return Expected(model, model.Columns[column].CodeOf(cell(column)) <= tree.Code[node] ? left : right, cell, known);
            return (tree.Cover[left] * Expected(model, left, cell, known) + tree.Cover[right] * Expected(model, right, cell, known))
                / tree.Cover[node];
        }
    }
}
