using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class RidgeRegressionTests
{
    private static readonly RidgeRegression Ridge = new();

    [Property(MaxTest = 40)]
    public void The_objective_is_flat_at_the_solution_for_any_scales(int seed)
    {
        var stream = Seed.Of(seed).Fork("scales").Stream();
        var (rows, columns) = (20 + stream.Next(400), 1 + stream.Next(8));
        var alpha = Math.Pow(10, stream.Next(7) - 3);
        var scales = Enumerable.Range(0, columns).Select(_ => Math.Pow(10, stream.Next(17) - 8)).ToArray();
        var data = Sample.Numbers(seed, rows, columns);
        data = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => (cell + c) * scales[c]))
            .WithFrequencies(Sample.OnceOrTwice(seed, rows).Weights);
        var model = (LinearModel)new RidgeRegression(alpha).Model(data);
        var estimates = Sample.Numbers(model.Predict(data.Frame).OrThrow());
        var cells = FeatureMatrix.Of(data.Frame).OrThrow();
        for (var c = 0; c < columns; c++)
        {
            var (gradient, size) = (alpha * model.Coefficients[c], alpha * Math.Abs(model.Coefficients[c]));
            for (var i = 0; i < rows; i++)
            {
                var error = data.Weights!.Value[i] * (estimates[i] - ((Target.Numeric)data.Target).Values[i]);
                gradient += error * (cells.Row(i)[c] - model.Centres[c]);
                size += Math.Abs(error * (cells.Row(i)[c] - model.Centres[c]));
            }

            Assert.InRange(Math.Abs(gradient), 0, 1e-11 * size);
        }
    }

    [Theory]
    [InlineData(1.0, false, new[] { -0.17488089037887, 0.19287784034888, 0.50658074406305 }, -0.2722016173017119)]
    [InlineData(0.5, true, new[] { -0.2075803593385, 0.19315419153799, 0.51387719287369 }, -0.11383591764370338)]
    [InlineData(0.0, false, new[] { -0.20726607375743, 0.22282854386093, 0.52408311477843 }, -0.24030738911225513)]
    public void Agrees_with_scikit_learn_on_iris(double alpha, bool weighted, double[] coefficients, double intercept)
    {
        // Petal width of the other three; weights 1, 2, 3, 1, 2, 3, ... Printed with 14 digits.
        var data = Peer.PetalWidths()
            .WithFrequencies(weighted ? EquatableArray.From(Enumerable.Range(0, 150).Select(row => 1.0 + row % 3)) : null);
        var model = (LinearModel)new RidgeRegression(alpha).Model(data);
        for (var c = 0; c < 3; c++) Assert.Equal(coefficients[c], model.Coefficients[c], 1e-12);
        Assert.Equal(intercept,
            Sample.Numbers(model.Predict(Frame.Of([.. data.Frame.Names.Select(name => (name, (Column)Column.Numeric.Of(0)))]))
            .OrThrow())[0], 1e-12);
    }

    [Property(MaxTest = 30)]
    public void Without_penalty_predictions_are_equivariant_to_shift_and_scale(int seed)
    {
        var data = Sample.Numbers(seed, 60, 3);
        var free = new RidgeRegression(0);
        var stretched = new Dataset(
            Sample.Mapped(data.Frame, (c, cell) => Math.Pow(10, 8 * (c - 1)) * cell + c),
            new Target.Numeric(EquatableArray.From(((Target.Numeric)data.Target).Values.Select(y => 1e5 * y - 7e5))));
        var expected = EquatableArray.From(Sample.Numbers(free.Model(data).Predict(data.Frame).OrThrow()).Select(y => 1e5 * y - 7e5));

        // A cell of 1e-8 beside 0, and 1e8 beside 2: some 8 digits are left of the smallest.
        Sample.Close(new Prediction.Numeric(expected), free.Model(stretched).Predict(stretched.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void The_order_of_columns_changes_nothing(int seed)
    {
        var data = Sample.Numbers(seed, 40, 5);
        Sample.Close(Ridge.Model(data).Predict(data.Frame).OrThrow(),
            Ridge.Model(data.WithFrame(Sample.Reversed(data.Frame))).Predict(data.Frame).OrThrow(), 1e-12);
    }

    [Property(MaxTest = 30)]
    public void Unit_weights_are_no_weights(int seed)
    {
        var data = Sample.Numbers(seed, 40, 3);
        Assert.Equal(Ridge.Model(data), Ridge.Model(data.WithFrequencies(Sample.Ones(40))));
    }

    [Property(MaxTest = 30)]
    public void A_weight_of_2_is_the_row_twice(int seed)
    {
        var data = Sample.Numbers(seed, 40, 3);
        var (weights, repeated) = Sample.OnceOrTwice(seed, 40);
        Sample.Close(Ridge.Model(data.Take(repeated)).Predict(data.Frame).OrThrow(),
            Ridge.Model(data.WithFrequencies(weights)).Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        var data = Sample.Numbers(seed, 40, 3);
        var weights = EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 3 == 0 ? 0.0 : row));
        var kept = EquatableArray.From(Enumerable.Range(0, 40).Where(row => row % 3 != 0));
        Assert.Equal(Ridge.Model(data.WithFrequencies(weights).Take(kept)), Ridge.Model(data.WithFrequencies(weights)));
    }

    [Fact]
    public void A_repeated_column_without_penalty_gets_coefficient_0()
    {
        var data = Sample.Numbers(1, 40, 2);
        var model = (LinearModel)new RidgeRegression(0)
            .Model(data.WithFrame(data.Frame.With("again",
                Column.Numeric.Of([.. ((Column.Numeric)data.Frame["x0"]).ToArray().Select(x => 3 * x + 1)]))));
        Assert.Equal(0, model.Coefficients[2]);
        Assert.Equal(((LinearModel)new RidgeRegression(0).Model(data)).Coefficients[0], model.Coefficients[0], 1e-12);
    }

    [Fact]
    public void A_repeated_column_shares_its_coefficient_under_a_penalty()
    {
        var data = Sample.Numbers(1, 40, 2);
        var model = (LinearModel)Ridge.Model(data.WithFrame(data.Frame.With("again", data.Frame["x0"])));
        Assert.Equal(model.Coefficients[0], model.Coefficients[2], 1e-12);
    }

    [Fact]
    public void Constant_columns_leave_the_mean()
    {
        var data = new Dataset(Sample.Columns([0.1, 0.1, 0.1]), new Target.Numeric(EquatableArray.Of(1.0, 2.0, 6.0)));
        Assert.Equal([3.0], Sample.Numbers(new RidgeRegression(0).Model(data).Predict(Sample.Columns([5])).OrThrow()));
        Assert.Equal([3.0], Sample.Numbers(Ridge.Model(data.WithFrame(Frame.Empty(3))).Predict(Frame.Empty(1)).OrThrow()));
    }

    [Fact]
    public void Classes_for_a_target_fail_and_point_to_logistic() =>
        Assert.Contains("logistic", Sample.Failure(Ridge, Sample.Classes(1, 5, 2, 2)).Remedy);

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_penalty_below_0_fails(double alpha) =>
        Assert.Equal($"alpha is {alpha}", Sample.Failure(new RidgeRegression(alpha), Sample.Numbers(1, 5, 2)).What);

    [Fact]
    public void A_value_that_is_not_finite_fails() =>
        Assert.Equal("target, row 2",
            Sample.Failure(Ridge, new(Sample.Columns([1, 2]), new Target.Numeric(EquatableArray.Of(1.0, double.NaN)))).Where);

    [Fact]
    public void No_rows_fail() => Assert.Contains("no training rows", Sample.Failure(Ridge, Sample.Numbers(1, 5, 2).Take(default)).What);

    [Theory]
    [InlineData(1.7e308)]
    [InlineData(1e-310)]
    public void Values_at_the_ends_of_the_range_are_fitted_as_any_others(double scale)
    {
        var data = new Dataset(Sample.Columns([0, 1, 2, 3]), new Target.Numeric(EquatableArray.Of(-scale, -scale / 3, scale / 3, scale)));
        foreach (var learner in new ILearner[] { new RidgeRegression(1e-9), new RidgeCV() })
        {
            var found = Sample.Numbers(learner.Model(data).Predict(Sample.Columns([0, 1, 2, 2.9])).OrThrow());
            Assert.All(found, number => Assert.True(double.IsFinite(number)));
            Assert.InRange(found[1] / scale, -0.4, -0.2);
        }
    }

    [Fact]
    public void Values_that_are_all_0_are_estimated_as_0()
    {
        var data = new Dataset(Sample.Columns([0, 1, 2, 3, 4, 5]), new Target.Numeric(EquatableArray.Of(0.0, 0, 0, 0, 0, 0)));
        foreach (var learner in new ILearner[] { new RidgeRegression(), new RidgeCV() })
        {
            Assert.All(Sample.Numbers(learner.Model(data).Predict(data.Frame).OrThrow()), number => Assert.Equal(0, number));
            Assert.All(Sample.Numbers(learner.Model(data.WithGroups([0, 0, 1, 1, 2, 2])).Predict(data.Frame).OrThrow()),
                number => Assert.Equal(0, number));
        }
    }

    /// <summary>A neighbour's target in another group, which no other row of that group predicts, would leak through folds of
    /// rows.</summary>
    [Fact]
    public void The_penalty_is_chosen_by_rows_of_other_groups()
    {
        var stream = Seed.Of(3).Stream();
        var (columns, numbers, groups) = (Enumerable.Range(0, 12).Select(_ => new double[60]).ToArray(), new double[60], new int[60]);
        for (var row = 0; row < 60; row++)
        {
            foreach (var column in columns) column[row] = row % 2 == 0 ? stream.NextNormal() : column[row - 1];
            numbers[row] = row % 2 == 0 ? stream.NextNormal() : numbers[row - 1];
            groups[row] = row / 2;
        }

        var data = new Dataset(Sample.Columns(columns), new Target.Numeric(EquatableArray.Own(numbers)));
        var (rows, whole) =
            ((LinearModel)new RidgeCV().Model(data), (LinearModel)new RidgeCV().Model(data.WithGroups(EquatableArray.Own(groups))));
        Assert.True(whole.Alpha > rows.Alpha, $"{whole.Alpha} by groups, {rows.Alpha} by rows");
    }
}
