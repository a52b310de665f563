using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Learners;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 25)]
public class NetworkLearnerTests
{
    private static readonly Net quick = new([4], Epochs: 2, Batch: 8);

    /// <summary>Powers of two scale without rounding, so that the same bits must come out.</summary>
    [Property]
    public void The_unit_of_a_column_or_of_the_target_changes_no_bit(Seed seed, byte power, byte rows)
    {
        var data = Plane(3 + rows % 40, seed);
        var unit = Math.ScaleB(1, power % 41 - 20);
        var scaled = new Dataset(
            data.Frame.With("a", Times(data.Frame["a"])),
            new Target.Numeric(EquatableArray.From(((Target.Numeric)data.Target).Values.Select(y => y * unit))));
        var predicted = Estimates(quick, data, data.Frame, seed);
        Assert.Equal(predicted.Select(estimate => estimate * unit), Estimates(quick, scaled, scaled.Frame, seed));

        Column Times(Column column) => new Column.Numeric(EquatableArray.From(((Column.Numeric)column).ToArray().Select(x => x * unit)));
    }

    [Property]
    public void Rows_without_weight_might_as_well_not_be_there_and_one_weight_for_all_is_none(Seed seed, byte pick)
    {
        var data = Plane(12, seed);
        var absent = pick % 12;
        var kept = EquatableArray.From(Enumerable.Range(0, 12).Where(row => row != absent));
        var weighed = data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, 12).Select(row => row == absent ? 0.0 : 2.5)));
        Assert.Equal(quick.Fit(data.Take(kept), seed), quick.Fit(weighed, seed));
    }

    /// <summary>Of rows of two planes the one with the larger weights is learned: weights reach the loss and the standardization of inputs
    /// and target.</summary>
    [Fact]
    public void Heavy_rows_decide()
    {
        var (one, other) = (Plane(100, Seed.Of(1)), Plane(100, Seed.Of(2)));
        var numbers = ((Target.Numeric)one.Target).Values.Concat(((Target.Numeric)other.Target).Values.Select(y => 2000 - y));
        var both = new Dataset(Frame.Of(("a", Joined("a")), ("b", Joined("b"))), new Target.Numeric(EquatableArray.From(numbers)));
        var weighted = both.WithWeights(EquatableArray.From(Enumerable.Range(0, 200).Select(row => row < 100 ? 1.0 : 0.001)));
        Assert.InRange(Error(weighted), 0, 8);
        Assert.InRange(Error(both), 15, double.MaxValue);

        Column Joined(string name) =>
            Column.Numeric.Of([.. ((Column.Numeric)one.Frame[name]).ToArray(), .. ((Column.Numeric)other.Frame[name]).ToArray()]);

        double Error(Dataset rows) => Estimates(new Net([8], Epochs: 40, Rate: 1e-2), rows, one.Frame, Seed.Of(1))
            .Zip(((Target.Numeric)one.Target).Values).Average(pair => Math.Abs(pair.First - pair.Second));
    }

    [Property]
    public void Weights_in_another_unit_change_no_bit(Seed seed, byte power)
    {
        var data = Plane(20, seed);
        var weights = EquatableArray.From(Enumerable.Range(0, 20).Select(row => 1.0 + row % 3));
        var net = quick with { Patience = 1, ValidationShare = 0.25, Epochs = 4 };
        Assert.Equal(net.Fit(data.WithWeights(weights), seed),
            net.Fit(data.WithWeights(EquatableArray.From(weights.Select(weight => Math.ScaleB(weight, power % 41 - 20)))), seed));
        Assert.NotEqual(net.Fit(data, seed), net.Fit(data.WithWeights(weights), seed));
    }

    /// <summary>Random labels, four equal rows per group: early stopping on copies of training rows would come late or
    /// never.</summary>
    [Fact]
    public void The_validation_rows_of_early_stopping_share_no_group_with_the_training_rows()
    {
        var stream = Seed.Of(5).Stream();
        var (columns, codes) = (Enumerable.Range(0, 8).Select(_ => new double[240]).ToArray(), new int[240]);
        for (var row = 0; row < 240; row++)
        {
            foreach (var column in columns) column[row] = row % 4 == 0 ? stream.NextNormal() : column[row - 1];
            codes[row] = row % 4 == 0 ? stream.Next(2) : codes[row - 1];
        }

        var data = new Dataset(Frame.Of([.. columns.Select((column, i) => ($"x{i}", (Column)Column.Numeric.Of(column)))]),
            new Target.Classes(["no", "yes"], EquatableArray.Own(codes)));
        var net = new Net([64, 64], Epochs: 100, Rate: 3e-3, Patience: 10, ValidationShare: 0.2, Schedule: NetSchedule.Constant);

        // A net that overfits the noise of a row predicts its copies correctly, and no others.
        Assert.Equal(1, Right(data));
        Assert.InRange(Right(data.WithGroups(EquatableArray.From(Enumerable.Range(0, 240).Select(row => row / 4)))), 0, 0.7);

        double Right(Dataset rows)
        {
            var seed = Seed.Of(2);
            var held = new FoldPlan.Validation(net.ValidationShare, seed.Fork("validation")).Split(rows.Roles).OrThrow()[0].Holdout;
            var predicted = ((Prediction.Probabilities)net.Fit(rows, seed).OrThrow().Predict(rows.Frame).OrThrow()).Codes();
            return held.Average(row => predicted[row] == codes[row] ? 1.0 : 0);
        }
    }

    [Property]
    public void Another_seed_makes_another_model(Seed seed)
    {
        var data = Plane(20, seed);
        Assert.NotEqual(quick.Fit(data, seed), quick.Fit(data, seed.Fork("other")));
    }

    /// <summary>Two moons, which need a nonlinear boundary: logistic regression stays below 0.9.</summary>
    [Fact]
    public void It_learns_classes_that_no_line_divides()
    {
        var data = Moons(400, Seed.Of(3));
        var model = new Net([16], Epochs: 60, Rate: 1e-2).Fit(data, Seed.Of(1)).OrThrow();
        var later = Moons(400, Seed.Of(4));
        var predicted = (Prediction.Probabilities)model.Predict(later.Frame).OrThrow();
        Assert.InRange(predicted.Codes().Zip(((Target.Classes)later.Target).Codes).Average(pair => pair.First == pair.Second ? 1.0 : 0.0),
            0.97, 1);
    }

    [Fact]
    public void It_learns_a_numeric_target_in_its_unit()
    {
        var data = Plane(300, Seed.Of(3));
        var later = Plane(300, Seed.Of(4));
        var predicted = Estimates(new Net([16], Epochs: 60, Rate: 1e-2), data, later.Frame, Seed.Of(1));
        var truth = ((Target.Numeric)later.Target).Values;
        var mean = truth.Average();
        Assert.InRange(1 - predicted.Zip(truth).Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / truth.Sum(y => Math.Pow(y - mean, 2)),
            0.98, 1);
    }

    [Fact]
    public void One_class_present_has_probability_1_exactly()
    {
        var data = Moons(6, Seed.Of(1)).WithTarget(new Target.Classes(["a", "b", "c"], [1, 1, 1, 1, 1, 1]));
        var predicted = (Prediction.Probabilities)quick.Fit(data, Seed.Of(1)).OrThrow().Predict(data.Frame).OrThrow();
        for (var row = 0; row < 6; row++) Assert.Equal([0, 1, 0], predicted.Row(row).ToArray());
    }

    [Fact]
    public void A_constant_target_is_estimated_as_it_is()
    {
        var data = Plane(9, Seed.Of(1)).WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Repeat(0.1, 9))));
        Assert.All(Estimates(quick, data, data.Frame, Seed.Of(1)), estimate => Assert.Equal(0.1, estimate));
    }

    [Theory]
    [InlineData(2, 32)]
    [InlineData(33, 32)]
    [InlineData(65, 8)]
    [InlineData(7, 100)]
    public void Any_number_of_rows_from_2_and_any_batch_will_do(int rows, int batch)
    {
        var data = Plane(rows, Seed.Of(1));
        Assert.All(Estimates(quick with { Batch = batch }, data, data.Frame, Seed.Of(1)),
            estimate => Assert.True(double.IsFinite(estimate)));
    }

    [Fact]
    public void One_row_is_too_few_for_batch_normalization_and_enough_without()
    {
        var data = Plane(1, Seed.Of(1));
        Assert.Equal(
            "net: layer 2, BatchNorm: a batch of 1 example has one value per channel here: its variance is 0, and the unbiased variance, "
                + "m/(m-1) times it, divides by 0. Use batches of at least 2.",
            Refusal(quick, data));
        Assert.Equal(((Target.Numeric)data.Target).Values[0], Estimates(quick with { BatchNorm = false }, data, data.Frame, Seed.Of(1))[0]);
    }

    [Fact]
    public void A_missing_value_is_refused() => Assert.Equal(
        "net: column 'a', row 2: the value is missing, but this learner does not support missing values. Impute missing values first.",
        Refusal(quick, new Dataset(Frame.Of(("a", Column.Numeric.Of(1, double.NaN, 3))), new Target.Numeric([1, 2, 3]))));

    [Fact]
    public void Images_are_read_by_one_mean_and_deviation_of_all_pixels()
    {
        var data = new Dataset(
            Frame.Of([.. Enumerable.Range(0, 16)
                .Select(c =>
                    ($"p{c}",
                        (Column)new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 12).Select(row => (double)(row * c % 7))))))]),
            new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 12).Select(row => (double)row))));
        var model = (NetEstimatorModel)(quick with { Image = [4, 4, 1], Filters = [2] }).FitModel(data, Seed.Of(1)).OrThrow();
        Assert.Single(model.Inputs.Centres.Distinct());
        Assert.Single(model.Inputs.Deviations.Distinct());
        Assert.Equal(12, model.Predict(data.Frame).OrThrow().Count);
    }

    /// <summary>With one step per epoch, two epochs move the moving averages by only 2% of the way.</summary>
    [Fact]
    public void Batch_normalization_predicts_by_the_training_rows_own_moments()
    {
        var data = Plane(8, Seed.Of(1));
        var model = (NetEstimatorModel)quick.FitModel(data, Seed.Of(2)).OrThrow();
        var examples = new Examples.Floats(Shape.Vector(2), EquatableArray.Own(model.Inputs.Read(FeatureMatrix.Of(data.Frame).OrThrow())));
        using var backend = new HostBackend(1);
        var own = model.Net.Variables.WithPopulationMoments(backend, model.Net.Network, examples, Seed.Of(3), 8).OrThrow();
        // Another order of the 8 rows gives another order of summation.
        Assert.All(model.Net.Variables.Moments.Zip(own.Moments), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void A_rate_that_diverges_is_refused_not_returned() =>
        Assert.IsType<Outcome<Trained>.Fail>(new Net([4], BatchNorm: false, Epochs: 50, Optimizer: NetOptimizer.Sgd, Rate: 1e12)
            .Fit(Plane(20, Seed.Of(1)), Seed.Of(1)));

    private static string Refusal(ILearner learner, Dataset data) =>
        learner.Fit(data, Seed.Of(1)).Match(_ => "fitted", failure => failure.ToString());

    private static EquatableArray<double> Estimates(ILearner learner, Dataset data, Frame rows, Seed seed) =>
        ((Prediction.Numeric)learner.Fit(data, seed).OrThrow().Predict(rows).OrThrow()).Values;

    /// <summary>y = 1000 + 30 a - 20 b for normal a and b.</summary>
    private static Dataset Plane(int rows, Seed seed)
    {
        var stream = seed.Stream();
        var (a, b) = (new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++) (a[i], b[i]) = (stream.NextNormal(), stream.NextNormal());
        return new(
            Frame.Of(("a", Column.Numeric.Of(a)), ("b", Column.Numeric.Of(b))),
            new Target.Numeric(EquatableArray.From(a.Zip(b, (x, y) => 1000 + 30 * x - 20 * y))));
    }

    /// <summary>Two interleaving half circles.</summary>
    private static Dataset Moons(int rows, Seed seed)
    {
        var stream = seed.Stream();
        var (a, b, codes) = (new double[rows], new double[rows], new int[rows]);
        for (var i = 0; i < rows; i++)
        {
            var angle = Math.PI * stream.NextDouble();
            codes[i] = i % 2;
            a[i] = (codes[i] == 0 ? Math.Cos(angle) : 1 - Math.Cos(angle)) + 0.1 * stream.NextNormal();
            b[i] = (codes[i] == 0 ? Math.Sin(angle) : 0.5 - Math.Sin(angle)) + 0.1 * stream.NextNormal();
        }

        return new(Frame.Of(("a", Column.Numeric.Of(a)), ("b", Column.Numeric.Of(b))),
            new Target.Classes(["up", "down"], EquatableArray.Own(codes)));
    }
}
