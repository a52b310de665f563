using FsCheck.Xunit;
using FunctionalStack.Learners.Tests.Blending;
using Xunit;

namespace FunctionalStack.Learners.Tests.Calibrating;

[Properties(MaxTest = 40)]
public class CalibrationTests
{
    private static readonly double[] chances = [0.05, 0.1, 0.2, 0.25, 0.3, 0.45, 0.5, 0.6, 0.7, 0.75, 0.9, 0.95];
    private static readonly int[] truth = [0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1];
    private static readonly double[] someWeights = [1, 2, 1, 1, 3, 1, 1, 1, 2, 1, 1, 0.5];

    private static Frame Binary(params double[] yes) =>
        new StackColumns()
            .Columns("b", new Prediction.Probabilities(["no", "yes"], EquatableArray.From(yes.SelectMany(p => new[] { 1 - p, p }))));

    private static Dataset Twelve { get; } = new(Binary(chances), new Target.Classes(["no", "yes"], EquatableArray.Own(truth)));

    private static double[] Yes(IModel model, params double[] yes) =>
        [.. Sample.Numbers(model.Predict(Binary(yes)).OrThrow()).Where((_, i) => i % 2 == 1)];

    private static CalibrationModel Fit(CalibrationMethod method, Dataset data) => (CalibrationModel)new Calibration(method).Model(data);

    /// <summary>Platt and temperature strictly (where doubles near 1 still differ), isotonic without turning any pair.</summary>
    [Property]
    public void Of_two_classes_order_is_kept(int seed, CalibrationMethod method, bool weighted)
    {
        var data = Level.Classes(seed, 10 + (int)((uint)seed % 60), 1, 2, certain: (seed & 1) > 0);
        var predicted =
            Yes(Renamed(Fit(method, weighted ? data.Weighted(seed) : data)), [.. Enumerable.Range(0, 1001).Select(i => i / 1000.0)]);
        for (var i = 1; i < predicted.Length; i++)
        {
            if (method == CalibrationMethod.Isotonic) Assert.True(predicted[i] >= predicted[i - 1] - 1e-15);
            else Assert.True(predicted[i] > predicted[i - 1] || predicted[i - 1] > 1 - 1e-12 && predicted[i] >= predicted[i - 1],
                $"{predicted[i - 1]:R} at {i - 1}, {predicted[i]:R} at {i}");
        }
    }

    [Property]
    public void Rows_sum_to_1(int seed, CalibrationMethod method)
    {
        var data = Level.Classes(seed, 40, 1, 2 + (int)((uint)seed % 3), certain: (seed & 1) > 0);
        Sample.RowsSumToOne(Fit(method, data).Predict(data.Frame).OrThrow());
    }

    [Property]
    public void Temperature_keeps_every_most_probable_class(int seed)
    {
        var data = Level.Classes(seed, 60, 1, 4, certain: (seed & 1) > 0);
        var predicted = (Prediction.Probabilities)Level.Bases(data)[0];
        Assert.Equal(predicted.Codes(),
            ((Prediction.Probabilities)Fit(CalibrationMethod.Temperature, data).Predict(data.Frame).OrThrow()).Codes());
    }

    /// <summary>No exponent, slope or intercept beside those found has a lower loss; nor has isotonic's any rising step.</summary>
    [Property]
    public void What_is_found_is_the_optimum(int seed)
    {
        var data = Level.Classes(seed, 60, 1, 3).Weighted(seed);
        var found = Fit(CalibrationMethod.Temperature, data);
        var power = (CalibrationCurve.Power)found.Curves[0];
        foreach (var factor in new[] { 0.99, 1.01 })
        {
            var beside = power with { Exponent = Math.Clamp(power.Exponent * factor, 0.01, 100) };
            // The loss of the shrunk probabilities.
            Assert.InRange(Level.Loss(data, found.Predict(data.Frame).OrThrow()), 0,
                Level.Loss(data, (found with { Curves = [beside, beside, beside] }).Predict(data.Frame).OrThrow()) + 1e-12);
        }

        var isotonic = Fit(CalibrationMethod.Isotonic, Twelve);
        var brier = Metric.For(Twelve.Target).Single(metric => metric.Name == "brier");
        var curve = (CalibrationCurve.Isotonic)isotonic.Curves[0];
        var least = brier.Score(Twelve.Target, isotonic.Predict(Twelve.Frame).OrThrow(), null);
        var stream = Seed.Of(seed).Stream();
        var other = chances.Select(_ => stream.NextDouble()).Order().ToArray();
        var mixed = chances.Select((p, i) => 0.9 * curve.At(p) + 0.1 * other[i]).ToArray();
        Assert.InRange(least, 0,
            brier.Score(Twelve.Target,
            (isotonic with { Curves = [new CalibrationCurve.Isotonic(EquatableArray.Of(chances), EquatableArray.Own(mixed))] })
            .Predict(Twelve.Frame).OrThrow(), null) + 1e-12);
    }

    [Fact]
    public void Platt_agrees_with_scikit_learn()
    {
        // sklearn.calibration._sigmoid_calibration of log((12 p + 0.5) / (12 (1 - p) + 0.5)), its slope turned round, after
        // scipy.optimize.root of the gradient has given it all its digits.
        var plain = (CalibrationCurve.Sigmoid)Fit(CalibrationMethod.Platt, Twelve).Curves[0];
        Assert.Equal([0.6628214187308396, 0.06579406063332602], [plain.Slope, plain.Intercept], (a, b) => Math.Abs(a - b) < 1e-12);
        var weighted =
            (CalibrationCurve.Sigmoid)Fit(CalibrationMethod.Platt, Twelve.WithFrequencies(EquatableArray.Of(someWeights))).Curves[0];
        Assert.Equal([0.8934062655359566, -0.09317632246528633], [weighted.Slope, weighted.Intercept], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Isotonic_agrees_with_scikit_learn()
    {
        // sklearn.isotonic.IsotonicRegression(out_of_bounds='clip').
        double[] at = [0, 0.1, 0.12, 0.22, 0.33, 0.5, 0.55, 0.65, 0.8, 0.92, 1];
        double[] plain =
            [0, 0, 0.06666666666666662, 0.3333333333333333, 0.3666666666666667, 0.5, 0.5833333333333334, 0.6666666666666666,
                0.7777777777777779, 1, 1];
        double[] weighted = [0, 0, 0.03999999999999998, 0.2, 0.26000000000000006, 0.5, 0.6250000000000001, 0.75, 0.8333333333333334, 1, 1];
        Assert.Equal(plain, Yes(Fit(CalibrationMethod.Isotonic, Twelve), at), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(weighted, Yes(Fit(CalibrationMethod.Isotonic, Twelve.WithFrequencies(EquatableArray.Of(someWeights))), at),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Temperature_agrees_with_scipy()
    {
        // scipy.optimize.brentq of the slope of the log-loss of softmax(b Z), Z = log((8 P + 1/3) / 9).
        double[] p = [.7, .2, .1, .1, .8, .1, .3, .3, .4, .5, .25, .25, .2, .2, .6, .9, .05, .05, .05, .15, .8, .3, .6, .1];
        var frame = new StackColumns().Columns("b", new Prediction.Probabilities(["x", "y", "z"], EquatableArray.Own(p)));
        var model =
            Fit(CalibrationMethod.Temperature, new(frame, new Target.Classes(["x", "y", "z"], EquatableArray.Of(0, 1, 2, 1, 2, 0, 0, 1))));
        Assert.Equal(1.0529911436387247, ((CalibrationCurve.Power)model.Curves[0]).Exponent, 1e-9);
    }

    /// <summary>A base that always doubles the log-odds is brought back.</summary>
    [Theory]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Temperature)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void An_overconfident_base_is_brought_back(CalibrationMethod method)
    {
        var stream = Seed.Of(1).Stream();
        var (predicted, codes) = (new double[4000], new int[4000]);
        for (var i = 0; i < predicted.Length; i++)
        {
            var odds = 1.5 * stream.NextNormal();
            predicted[i] = 1 / (1 + Math.Exp(-2 * odds));
            codes[i] = stream.NextDouble() < 1 / (1 + Math.Exp(-odds)) ? 1 : 0;
        }

        var model = Fit(method, new(Binary(predicted), new Target.Classes(["no", "yes"], EquatableArray.Own(codes))));
        var calibrated = Yes(model, 1 / (1 + Math.Exp(2)), 0.5, 1 / (1 + Math.Exp(-2)));
        // exp(-1) / (1 + exp(-1)), a half, and 1 less the first; four standard errors of a curve of a few hundred rows.
        Assert.Equal([0.2689, 0.5, 0.7311], calibrated, (a, b) => Math.Abs(a - b) < (method == CalibrationMethod.Isotonic ? 0.1 : 0.04));
    }

    [Property]
    public void A_base_that_is_wrong_is_not_turned_round(int seed)
    {
        var data = Level.Classes(seed, 60, 1, 2);
        var wrong =
            data.WithTarget(new Target.Classes(["c0", "c1"],
                EquatableArray.From(((Target.Classes)data.Target).Codes.Select(code => 1 - code))));
        var model = Fit(CalibrationMethod.Platt, wrong);
        Assert.InRange(((CalibrationCurve.Sigmoid)model.Curves[0]).Slope, 0.01, 100);
    }

    [Theory]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Temperature)]
    [InlineData(CalibrationMethod.Isotonic)]
    public void Extremes_still_give_probabilities(CalibrationMethod method)
    {
        foreach (var yes in new double[][] { [0, 1, 0, 1], [1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5], [0, 0, 0, 0],
            [1e-300, 1, 1e-17, 1 - 1e-16] })
        {
            var model = Fit(method, new(Binary(yes), new Target.Classes(["no", "yes"], EquatableArray.Of(0, 1, 0, 1))));
            Sample.RowsSumToOne(model.Predict(Binary([.. yes, 0, 0.3, 1])).OrThrow());
        }

        var one = Fit(method, new(Binary(0.2, 0.7), new Target.Classes(["no", "yes"], EquatableArray.Of(1, 1))));
        Assert.Equal([1.0, 1.0], Yes(one, 0, 1));
    }

    [Fact]
    public void Values_and_several_bases_are_refused()
    {
        Assert.Contains("the target is numeric", Sample.Failure(new Calibration(), Level.Numeric(1, 9, 1)).What);
        Assert.Equal("can combine at most 1 base, but there are 2", Sample.Failure(new Calibration(), Level.Classes(1, 9, 2, 2)).What);
    }

    [Property]
    public void A_class_absent_in_training_gets_0(int seed, CalibrationMethod method)
    {
        var data = Level.Classes(seed, 40, 1, 4);
        var absent = seed & 3;
        var some = data.Take(EquatableArray.From(Enumerable.Range(0, 40).Where(row => ((Target.Classes)data.Target).Codes[row] != absent)));
        var predicted = (Prediction.Probabilities)Fit(method, some).Predict(data.Frame).OrThrow();
        Sample.RowsSumToOne(predicted);
        Assert.All(Enumerable.Range(0, 40), row => Assert.Equal(0, predicted.Row(row)[absent]));
    }

    // The made-up columns are of classes c0 and c1 and of base b0.
    private static CalibrationModel Renamed(CalibrationModel model) =>
        model with
        {
            Base = new("b", EquatableArray.Of("b:P(no)", "b:P(yes)"), EquatableArray.Of("no", "yes")),
            Levels = EquatableArray.Of("no", "yes")
        };
}
