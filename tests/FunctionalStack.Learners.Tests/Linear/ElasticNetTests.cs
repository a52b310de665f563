using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class ElasticNetTests
{
    private static readonly ILearner[] All =
        [new ElasticNet(0.1), new ElasticNet(0.05, 0.9), new ElasticNet(0.1, 0), new Lasso(0.1), new Lasso(0)];

    [Property(MaxTest = 60)]
    public void The_conditions_of_the_optimum_hold_for_any_scales(int seed)
    {
        // A column's product with the residuals is alpha l1Ratio times the sign of its coefficient, or within that of 0.
        var stream = Seed.Of(seed).Fork("scales").Stream();
        var (rows, columns) = (20 + stream.Next(300), 1 + stream.Next(12));
        var (alpha, ratio) = (Math.Pow(10, stream.Next(4) - 3), stream.Next(3) switch { 0 => 1, 1 => 0.5, _ => 0.1 });
        var scales = Enumerable.Range(0, columns).Select(_ => Math.Pow(10, stream.Next(11) - 5)).ToArray();
        var data = Sample.Numbers(seed, rows, columns);
        data = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => (cell + c) * scales[c]))
            .WithFrequencies(Sample.OnceOrTwice(seed, rows).Weights);
        var fitted = new ElasticNet(alpha, ratio, Tolerance: 1e-15).FitModel(data, Seed.Of(1));
        var model = (LinearModel)fitted.OrThrow();
        var estimates = Sample.Numbers(model.Predict(data.Frame).OrThrow());
        var cells = FeatureMatrix.Of(data.Frame).OrThrow();
        var (weights, total) = (data.Weights!.Value, data.Weights!.Value.Sum());
        for (var c = 0; c < columns; c++)
        {
            var (product, size) = (0.0, 0.0);
            for (var i = 0; i < rows; i++)
            {
                var part = weights[i] / total * (((Target.Numeric)data.Target).Values[i] - estimates[i])
                    * (cells.Row(i)[c] - model.Centres[c]);
                (product, size) = (product + part, size + Math.Abs(part));
            }

            product -= alpha * (1 - ratio) * model.Coefficients[c];
            if (model.Coefficients[c] == 0) Assert.InRange(Math.Abs(product), 0, alpha * ratio + 1e-6 * size);
            else Assert.Equal(alpha * ratio * Math.Sign(model.Coefficients[c]), product, 1e-6 * (size + alpha));
        }
    }

    [Theory]
    [InlineData(0.01, 0.5, false, new[] { -0.09475490386951, 0.1146264619561, 0.4642634551773 }, -0.3421355459658)]
    [InlineData(0.02, 0.2, true, new[] { -0.08966200218481, 0.08572311876135, 0.4512561454991 }, -0.2392369478602)]
    [InlineData(0.001, 1, false, new[] { -0.1882740229989, 0.2043412659854, 0.5140381106538 }, -0.2570133759862)]
    [InlineData(0.2, 1, true, new[] { 0.0, 0.0, 0.3448417629333 }, -0.1002374440903)]
    public void Agrees_with_scikit_learn_on_iris(double alpha, double ratio, bool weighted, double[] coefficients, double intercept)
    {
        // Petal width of the other three; weights 1, 2, 3, 1, 2, 3, ... Printed with 13 digits at a tolerance of 1e-14.
        var data = Peer.PetalWidths()
            .WithFrequencies(weighted ? EquatableArray.From(Enumerable.Range(0, 150).Select(row => 1.0 + row % 3)) : null);
        var model =
            (LinearModel)(ratio == 1
                ? new Lasso(alpha, Tolerance: 1e-15).Model(data) : new ElasticNet(alpha, ratio, Tolerance: 1e-15).Model(data));
        for (var c = 0; c < 3; c++) Assert.Equal(coefficients[c], model.Coefficients[c], 1e-7);
        Assert.Equal(intercept,
            Sample.Numbers(model.Predict(Frame.Of([.. data.Frame.Names.Select(name => (name, (Column)Column.Numeric.Of(0)))]))
            .OrThrow())[0], 1e-7);
    }

    [Property(MaxTest = 30)]
    public void Weights_are_repetitions(int seed) => Each(learner => Check.Weights(learner, Sample.Numbers(seed, 50, 4), seed, 1e-4));

    [Property(MaxTest = 30)]
    public void The_order_of_rows_and_columns_changes_nothing(int seed) =>
        Each(learner => Check.Order(learner, Sample.Numbers(seed, 50, 4), 1e-4));

    [Property(MaxTest = 200)]
    public void Anything_gets_an_outcome(int seed) => Each(learner => Check.Anything(learner, seed, classes: false));

    [Property(MaxTest = 30)]
    public void Scaling_the_target_and_alpha_scales_the_predictions(int seed)
    {
        var data = Sample.Numbers(seed, 50, 4);
        var larger = data.WithTarget(new Target.Numeric(EquatableArray.From(((Target.Numeric)data.Target).Values.Select(y => 1024 * y))));
        var expected = EquatableArray.From(Sample.Numbers(new Lasso(0.1).Model(data).Predict(data.Frame).OrThrow()).Select(y => 1024 * y));
        Sample.Close(new Prediction.Numeric(expected), new Lasso(102.4).Model(larger).Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void Without_absolute_coefficients_it_is_ridge_regression_with_alpha_times_the_rows(int seed)
    {
        var data = Sample.Numbers(seed, 50, 4);
        Sample.Close(new RidgeRegression(5).Model(data).Predict(data.Frame).OrThrow(),
            new ElasticNet(0.1, 0).Model(data).Predict(data.Frame).OrThrow(), 1e-12);
    }

    [Property(MaxTest = 30)]
    public void A_penalty_beyond_every_columns_pull_leaves_the_mean(int seed)
    {
        var data = Sample.Numbers(seed, 50, 4);
        var model = (LinearModel)new Lasso(100).Model(data);
        Assert.All(model.Coefficients, one => Assert.Equal(0, one));
        Assert.Equal(((Target.Numeric)data.Target).Values.Average(), model.Intercept, 1e-12);
    }

    [Fact]
    public void Of_more_columns_than_rows_few_are_kept()
    {
        var data = Sample.Numbers(3, 40, 200);
        var model = (LinearModel)new Lasso(0.5).Model(data);
        Assert.InRange(model.Coefficients.Count(one => one != 0), 1, 39);
    }

    [Fact]
    public void Running_out_of_sweeps_is_noted() =>
        Assert.Contains("stopped after 1 sweeps",
            new Lasso(1e-4, MaxIterations: 1).Fit(Sample.Numbers(1, 50, 9), Seed.Of(1)).Notes.Single().What);

    [Fact]
    public void Classes_for_a_target_fail() =>
        Each(learner => Assert.Contains("target holds classes", Sample.Failure(learner, Sample.Classes(1, 5, 2, 2)).What));

    [Fact]
    public void Parameters_out_of_range_fail()
    {
        var data = Sample.Numbers(1, 5, 2);
        Assert.Equal(new Failure("lasso", "alpha is -1", "Give a finite number of at least 0."), Sample.Failure(new Lasso(-1), data));
        Assert.Equal("l1Ratio is 2", Sample.Failure(new ElasticNet(1, 2), data).What);
        Assert.Equal("maxIterations is 0", Sample.Failure(new ElasticNet(MaxIterations: 0), data).What);
        Assert.Equal("tolerance is 0", Sample.Failure(new ElasticNet(Tolerance: 0), data).What);
    }

    private static void Each(Action<ILearner> check) => Array.ForEach(All, check);
}
