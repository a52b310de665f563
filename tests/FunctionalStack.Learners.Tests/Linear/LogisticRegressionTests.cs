using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class LogisticRegressionTests
{
    private static readonly LogisticRegression Logistic = new();

    [Property(MaxTest = 40)]
    public void The_objective_is_flat_at_the_solution(int seed)
    {
        var stream = Seed.Of(seed).Fork("shape").Stream();
        var (rows, columns, classes, c) = (30 + stream.Next(400), 1 + stream.Next(6), 2 + stream.Next(3), Math.Pow(10, stream.Next(5) - 2));
        var data = Sample.Classes(seed, rows, columns, classes).WithFrequencies(Sample.OnceOrTwice(seed, rows).Weights);
        var steepest = Gradient(data, (LinearScoresModel)new LogisticRegression(c).Model(data), c).Max(Math.Abs);
        Assert.InRange(steepest, 0, 1e-9 * (1 + c * rows));
    }

    [Fact]
    public void The_objective_is_flat_where_limited_memory_finds_the_solution()
    {
        // 40 columns x 12 classes: too many for Newton's method.
        var data = Sample.Classes(3, 600, 40, 12, apart: 0.5);
        var steepest = Gradient(data, (LinearScoresModel)Logistic.Model(data), 1).Max(Math.Abs);
        Assert.InRange(steepest, 0, 1e-5);
    }

    [Fact]
    public void The_objective_is_flat_where_columns_outnumber_rows()
    {
        // 300 columns of 50 rows: too many for their products, let alone for Newton's method.
        var data = Sample.Classes(3, 50, 300, 3, apart: 0.1);
        var fitted = Logistic.FitModel(data, Seed.Of(1));
        Assert.Empty(fitted.Notes);
        Assert.InRange(Gradient(data, (LinearScoresModel)fitted.OrThrow(), 1).Max(Math.Abs), 0, 1e-6);
    }

    [Property(MaxTest = 30)]
    public void Rows_sum_to_1(int seed) =>
        Sample.RowsSumToOne(Logistic.Model(Sample.Classes(seed, 30, 4, 3))
            .Predict(Sample.Mapped(Sample.Classes(seed + 1, 20, 4, 3).Frame, (_, cell) => cell * 1e3)).OrThrow());

    [Property(MaxTest = 30)]
    public void Unit_weights_are_no_weights(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 2 + (seed & 1));
        Assert.Equal(Logistic.Model(data), Logistic.Model(data.WithFrequencies(Sample.Ones(40))));
    }

    [Property(MaxTest = 30)]
    public void A_weight_of_2_is_the_row_twice(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 2 + (seed & 1));
        var (weights, repeated) = Sample.OnceOrTwice(seed, 40);
        Sample.Close(Logistic.Model(data.Take(repeated)).Predict(data.Frame).OrThrow(),
            Logistic.Model(data.WithFrequencies(weights)).Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        var weights = EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 3 == 0 ? 0.0 : row));
        var kept = EquatableArray.From(Enumerable.Range(0, 40).Where(row => row % 3 != 0));
        Assert.Equal(Logistic.Model(data.WithFrequencies(weights).Take(kept)), Logistic.Model(data.WithFrequencies(weights)));
    }

    [Property(MaxTest = 30)]
    public void All_weights_times_a_number_are_c_times_that_number(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 2 + (seed & 1));
        Sample.Close(new LogisticRegression(5).Model(data).Predict(data.Frame).OrThrow(),
            Logistic.Model(data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(5.0, 40)))).Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void The_order_of_columns_changes_nothing(int seed)
    {
        var data = Sample.Classes(seed, 40, 4, 3);
        Sample.Close(Logistic.Model(data).Predict(data.Frame).OrThrow(),
            Logistic.Model(data.WithFrame(Sample.Reversed(data.Frame))).Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void Moving_columns_changes_nothing(int seed)
    {
        // The intercept is free. Moved by 1e6 a cell keeps 10 digits.
        var data = Sample.Classes(seed, 40, 3, 3);
        var moved = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => cell + Math.Pow(10, 2 * c + 2)));
        Sample.Close(Logistic.Model(data).Predict(data.Frame).OrThrow(), Logistic.Model(moved).Predict(moved.Frame).OrThrow(), 1e-7);
    }

    [Theory]
    [InlineData(2, 1.0)]
    [InlineData(3, 1.0)]
    [InlineData(2, 1e10)]
    [InlineData(3, 1e10)]
    [InlineData(2, 1e-10)]
    [InlineData(3, 1e-10)]
    public void Wildly_different_scales_and_any_c_converge(int classes, double c)
    {
        var data = Sample.Classes(4, 200, 7, classes);
        var wild = data.WithFrame(Sample.Mapped(data.Frame, (column, cell) => (cell + column) * Math.Pow(10, 2 * column - 6)));
        var fitted = new LogisticRegression(c).FitModel(wild, Seed.Of(1));
        Assert.Empty(fitted.Notes);
        var model = (LinearScoresModel)fitted.OrThrow();
        Sample.RowsSumToOne(model.Predict(wild.Frame).OrThrow());

        // Relative to the terms of each column's share of the gradient.
        var gradient = Gradient(wild, model, c);
        for (var k = 0; k < model.Intercepts.Count; k++)
        {
            for (var column = 0; column < 7; column++)
            {
                var size = Math.Abs(model.Coefficients[k * 7 + column]) + c * 200 * Math.Pow(10, 2 * column - 6);
                Assert.InRange(Math.Abs(gradient[k * 7 + column]) / size, 0, 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(2, 1.0)]
    [InlineData(2, 1e12)]
    [InlineData(4, 1.0)]
    [InlineData(4, 1e12)]
    public void Separable_classes_stay_finite(int classes, double c)
    {
        var data = Sample.Classes(9, 60, 3, classes, apart: 100);
        var fitted = new LogisticRegression(c).FitModel(data, Seed.Of(1));
        Assert.Empty(fitted.Notes);
        var model = (LinearScoresModel)fitted.OrThrow();
        Assert.All(model.Coefficients, coefficient => Assert.True(double.IsFinite(coefficient)));
        var p = (Prediction.Probabilities)model.Predict(data.Frame).OrThrow();
        Assert.Equal(((Target.Classes)data.Target).Codes, p.Codes());
        Sample.RowsSumToOne(p);
    }

    [Fact]
    public void A_constant_column_gets_coefficient_0()
    {
        var data = Sample.Classes(2, 50, 2, 2);
        var model =
            (LinearScoresModel)Logistic.Model(data.WithFrame(data.Frame.With("constant",
                Column.Numeric.Of([.. Enumerable.Repeat(0.1, 50)]))));
        Assert.Equal(0, model.Coefficients[2]);
        Sample.Close(Logistic.Model(data).Predict(data.Frame).OrThrow(),
            model.Predict(data.Frame.With("constant", Column.Numeric.Of([.. Enumerable.Repeat(7.0, 50)]))).OrThrow(), 1e-12);
    }

    [Fact]
    public void No_columns_leave_the_class_shares()
    {
        var data = new Dataset(Frame.Empty(4), Target.Classes.Of("a", "b", "b", "c"));
        Sample.Close(new Prediction.Probabilities(EquatableArray.Of("a", "b", "c"), EquatableArray.Of(0.25, 0.5, 0.25)),
            Logistic.Model(data).Predict(Frame.Empty(1)).OrThrow(), 1e-12);
    }

    [Fact]
    public void A_level_without_rows_gets_0()
    {
        var data =
            new Dataset(Sample.Columns([1, 2, 3, 4]), new Target.Classes(EquatableArray.Of("a", "b", "c"), EquatableArray.Of(0, 2, 2, 0)));
        var two = new Dataset(data.Frame, new Target.Classes(EquatableArray.Of("a", "c"), EquatableArray.Of(0, 1, 1, 0)));
        var p = (Prediction.Probabilities)Logistic.Model(data).Predict(data.Frame).OrThrow();
        Assert.Equal(3, p.Levels.Count);
        Assert.Equal(0, p.Row(1)[1]);
        Assert.Equal(Logistic.Model(two).Predict(two.Frame).OrThrow(), p.For(EquatableArray.Of("a", "c")));
    }

    [Fact]
    public void One_present_class_gets_1()
    {
        var data = new Dataset(Sample.Columns([1, 2]), new Target.Classes(EquatableArray.Of("a", "b"), EquatableArray.Of(1, 1)));
        Assert.Equal([0.0, 1.0], Sample.Numbers(Logistic.Model(data).Predict(Sample.Columns([9])).OrThrow()));
    }

    [Fact]
    public void Too_few_iterations_leave_a_note()
    {
        var fitted = new LogisticRegression(MaxIterations: 1).FitModel(Sample.Classes(1, 50, 3, 3), Seed.Of(1));
        Assert.StartsWith("logistic: stopped after 1 steps", Assert.Single(fitted.Notes).What);
        Sample.RowsSumToOne(fitted.OrThrow().Predict(Sample.Classes(1, 50, 3, 3).Frame).OrThrow());
    }

    [Fact]
    public void Agrees_with_scikit_learn_on_iris() => Compare(Peer.Iris());

    [SharedFact("breast_cancer/breast_cancer.csv")]
    public void Agrees_with_scikit_learn_on_breast_cancer() => Compare(Peer.Shared("breast_cancer", "target", 14));

    [SharedFact("digits/digits.csv")]
    public void Agrees_with_scikit_learn_on_digits() => Compare(Peer.Shared("digits", "digit", 45));

    [Fact]
    public void A_numeric_target_fails_and_point_to_ridge() =>
        Assert.Contains("ridge", Sample.Failure(Logistic, Sample.Numbers(1, 5, 2)).Remedy);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_c_that_is_not_positive_fails(double c) =>
        Assert.Equal($"c is {c}", Sample.Failure(new LogisticRegression(c), Sample.Classes(1, 5, 2, 2)).What);

    [Fact]
    public void No_iterations_fail() =>
        Assert.Equal("maxIterations is 0", Sample.Failure(new LogisticRegression(MaxIterations: 0), Sample.Classes(1, 5, 2, 2)).What);

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    public void A_tolerance_that_is_not_positive_fails(double tolerance) =>
        Assert.Equal($"tolerance is {tolerance}",
            Sample.Failure(new LogisticRegression(Tolerance: tolerance), Sample.Classes(1, 5, 2, 2)).What);

    [Fact]
    public void Numbers_beyond_what_a_double_can_sum_fail() =>
        Assert.Equal("column 'x0'", Sample.Failure(Logistic, new(Sample.Columns([1.7e308, -1.7e308]), Target.Classes.Of("a", "b"))).Where);

    [Fact]
    public void No_rows_fail() =>
        Assert.Contains("no training rows", Sample.Failure(Logistic, Sample.Classes(1, 5, 2, 2).Take(default)).What);

    // scikit-learn's Newton-CG stops at rounding: its own probabilities are good to some 1e-8.
    private static void Compare(Peer peer) => peer.Agrees(Logistic.Model(peer.Train), "logistic", 1e-6);

    /// <summary>Of half the squared coefficients plus c times the losses: by coefficient, then by intercept.</summary>
    private static double[] Gradient(Dataset data, LinearScoresModel model, double c)
    {
        var p = (Prediction.Probabilities)model.Predict(data.Frame).OrThrow();
        var rows = FeatureMatrix.Of(data.Frame).OrThrow();
        var codes = ((Target.Classes)data.Target).Codes;
        var (columns, vectors) = (model.Columns.Count, model.Intercepts.Count);
        var first = model.Present.Count - vectors;
        var gradient = new double[vectors * (columns + 1)];
        model.Coefficients.AsSpan().CopyTo(gradient);
        for (var i = 0; i < rows.RowCount; i++)
        {
            for (var k = 0; k < vectors; k++)
            {
                var residual = c * (data.Weights?[i] ?? 1)
                    * (p.Row(i)[model.Present[first + k]] - (codes[i] == model.Present[first + k] ? 1 : 0));
                for (var j = 0; j < columns; j++) gradient[k * columns + j] += residual * (rows.Row(i)[j] - model.Centres[j]);
                gradient[vectors * columns + k] += residual;
            }
        }

        return gradient;
    }
}
