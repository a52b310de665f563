using System.Numerics;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Learners.Tests.Trees;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Shap;

[Properties(Arbitrary = [typeof(Arbitraries), typeof(TreeCases)], MaxTest = 40)]
public class SampledShapTests
{
    // Sums of at most some thousand terms of the size of the prediction, each rounded by 2^-53.
    private const double Rounding = 1e-10;

    private static readonly Stack stack = new(
        [new("forest", Recipe.ForTrees.Then(new RandomForest(3))), new("naive Bayes", Recipe.ForDistances.Then(new GaussianNaiveBayes()))],
        new LogisticRegression(), new FoldPlan.KFold(2));

    /// <summary>A sum over all pairs of columns: weight times product.</summary>
    private sealed record Pairs(EquatableArray<double> Weights) : IModel
    {
        public Outcome<Prediction> Predict(Frame rows) => Outcome.Ok<Prediction>(new Prediction.Numeric(EquatableArray.From(
            Enumerable.Range(0, rows.RowCount).Select(row => Of([.. rows.Columns.Select(one => ((Column.Numeric)one.Column)[row])])))));

        public double Of(double[] cells) => Enumerable.Range(0, cells.Length).Sum(i =>
            Enumerable.Range(i, cells.Length - i).Sum(j => Weights[(7 * i + j) % Weights.Count] * cells[i] * cells[j]));
    }

    [Property]
    public void Sampled_values_sum_to_the_prediction_less_the_mean_prediction_of_the_reference_rows(ClassesCase classes, Seed seed,
        byte part)
    {
        var frame = classes.Data.Frame;
        // A table of one row has no folds.
        if (stack.Fit(classes.Data, seed) is not Outcome<Trained>.Ok { Value: var model }) return;
        var reference = frame.Take(EquatableArray.Range(1 + part % frame.RowCount));
        var explained = Learners.Shap.Sampled(model, frame, reference, seed, 2).OrThrow();
        var (predicted, usual) = (model.Predict(frame).OrThrow().Numbers(), model.Predict(reference).OrThrow().Numbers());
        for (var output = 0; output < explained.Outputs; output++)
        {
            Assert.Equal(usual.Where((_, at) => at % explained.Outputs == output).Average(), explained.Base[output], Rounding);
            for (var row = 0; row < frame.RowCount; row++)
            {
                Assert.Equal(predicted[row * explained.Outputs + output],
                    explained.Base[output] + explained.Of(row, output).ToArray().Sum(), Rounding);
            }
        }
    }

    [Property]
    public void Sampled_values_are_shapley_values_by_the_definition_where_columns_interact_in_pairs(ValuesCase values, Seed seed,
        short[] weights)
    {
        var frame = values.Data.Frame;
        var model = new Pairs([1, .. weights.Select(weight => weight / 256.0)]);
        var reference = frame.Take(EquatableArray.Range(Math.Min(3, frame.RowCount)));
        var explained = Learners.Shap.Sampled(model, frame, reference, seed).OrThrow();
        var columns = frame.Columns.Count;
        for (var row = 0; row < frame.RowCount; row++)
        {
            var worth = Enumerable.Range(0, 1 << columns).Select(set => Enumerable.Range(0, reference.RowCount).Average(usual =>
                model.Of([.. frame.Columns.Select((one, at) => ((Column.Numeric)one.Column)[(set >> at & 1) != 0 ? row : usual])])))
                .ToArray();
            for (var column = 0; column < columns; column++)
            {
                var value = Enumerable.Range(0, 1 << columns).Where(set => (set >> column & 1) == 0).Sum(set =>
                    (worth[set | 1 << column] - worth[set]) / (columns * Choose(columns - 1, BitOperations.PopCount((uint)set))));
                Assert.Equal(value, explained.Of(row)[column], Rounding * Math.Max(1, worth.Max(Math.Abs)));
            }
        }

        static double Choose(int n, int k) => k == 0 ? 1 : Choose(n - 1, k - 1) * n / k;
    }

    [Property(MaxTest = 10)]
    public void Sampled_values_of_a_row_are_the_same_alone_and_on_any_number_of_threads(ClassesCase classes, Seed seed)
    {
        var frame = classes.Data.Frame;
        if (stack.Fit(classes.Data, seed) is not Outcome<Trained>.Ok { Value: var model }) return;
        var explained = Learners.Shap.Sampled(model, frame, frame, seed).OrThrow();
        Assert.Equal(explained, Learners.Shap.Sampled(model, frame, frame, seed, executor: Executor.Threads(3)).OrThrow());
        var last = Learners.Shap.Sampled(model, frame.Take([frame.RowCount - 1]), frame, seed).OrThrow();
        Assert.Equal(explained.Of(frame.RowCount - 1).ToArray(), last.Of(0).ToArray());
    }

    [Fact]
    public void Parts_of_a_date_are_one_column_and_a_column_that_is_not_read_has_none()
    {
        var data = new Dataset(
            Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4)), ("at:month", Column.Numeric.Of(1, 2, 5, 4)),
                ("at:day", Column.Numeric.Of(4, 2, 9, 1)), ("c", Column.Categorical.Of("a", "b", "a", "b"))),
            new Target.Numeric([1, 2, 3, 4]));
        var dated = new Dataset(new Frame(4, EquatableArray.From(data.Frame.Columns.Select(column => column.Name is "at:month" or "at:day"
            ? column with { Text = new(Date: new("at", DateOrder.YearFirst, DatePart.Month)) } : column))), data.Roles.Target);
        var model = new SelectColumns(["x", "at:month", "at:day"]).Then(new RidgeRegression()).Fit(dated, Seed.Of(1)).OrThrow();
        var explained = Learners.Shap.Sampled(model, dated.Frame, dated.Frame, Seed.Of(1)).OrThrow();
        Assert.Equal(["x", "at", "c"], explained.Columns);
        Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(0, explained.Of(row)[2]));
        Assert.Contains(Enumerable.Range(0, 4), row => explained.Of(row)[1] != 0);
    }

    [Fact]
    public void Reference_rows_may_have_other_categories_but_need_the_columns()
    {
        var data = new Dataset(Frame.Of(("c", Column.Categorical.Of("a", "b", "a", "b")), ("x", Column.Numeric.Of(1, 2, 3, 5))),
            new Target.Numeric([1, 2, 3, 4]));
        var model = new OneHot().Then(new RidgeRegression()).Fit(data, Seed.Of(1)).OrThrow();
        var other = Frame.Of(("x", Column.Numeric.Of(9)), ("c", Column.Categorical.Of("new")));
        var explained = Learners.Shap.Sampled(model, data.Frame, other, Seed.Of(1)).OrThrow();
        Assert.Equal(model.Predict(other).OrThrow().Values[0], explained.Base[0], Rounding);

        Assert.Equal("the reference rows: they have no column 'c'. Give rows with the columns of the others.",
            FailureOf(other.Without("c")));
        Assert.Equal("the reference rows: column 'c' is of another kind than in the other rows. Give rows with the columns of the others.",
            FailureOf(other.With("c", Column.Numeric.Of(1))));
        Assert.Equal("the reference rows: there are none. Give at least one.", FailureOf(other.Take([])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Learners.Shap.Sampled(model, data.Frame, other, Seed.Of(1), 0));

        string FailureOf(Frame reference) => Assert.IsType<Outcome<ShapValues>.Fail>(
            Learners.Shap.Sampled(model, data.Frame, reference, Seed.Of(1))).Failure.ToString();
    }
}
