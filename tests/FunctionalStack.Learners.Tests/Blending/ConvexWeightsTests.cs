using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests.Blending;

[Properties(MaxTest = 40)]
public class ConvexWeightsTests
{
    private static readonly ConvexWeights Convex = new();

    private static Dataset Any(int seed, bool classes, bool weighted)
    {
        var (rows, bases) = (20 + (int)((uint)seed % 60), 1 + (int)((uint)seed % 7));
        var data = classes ? Level.Classes(seed, rows, bases, 2 + (seed & 1), certain: (seed & 2) > 0) : Level.Numeric(seed, rows, bases);
        return weighted ? data.Weighted(seed) : data;
    }

    [Property]
    public void Weights_are_at_least_0_and_sum_to_1(int seed, bool classes, bool weighted)
    {
        var weights = Level.WeightsOf(Convex.Model(Any(seed, classes, weighted)));
        Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
        Assert.Equal(1, weights.Sum(), 1e-14);
    }

    [Property]
    public void The_loss_is_never_above_that_of_the_best_single_base(int seed, bool classes, bool weighted)
    {
        var data = Any(seed, classes, weighted);
        var best = Level.Bases(data).Min(predicted => Level.Loss(data, predicted));
        Assert.InRange(Level.Loss(data, Convex.Model(data).Predict(data.Frame).OrThrow()), 0, best * (1 + 1e-12) + 1e-9);
    }

    /// <summary>The slope of the loss toward every single base, at the optimum: nowhere downward, and level for the bases that have
    /// weight.</summary>
    [Property]
    public void No_step_toward_a_base_lowers_the_loss(int seed, bool classes, bool weighted)
    {
        var data = Any(seed, classes, weighted);
        var (model, predicted) = (Convex.Model(data), Level.Bases(data));
        var (weights, mixed) = (Level.WeightsOf(model), Sample.Numbers(model.Predict(data.Frame).OrThrow()));
        var (total, loss) = (data.Weights?.Sum() ?? data.RowCount, Level.Loss(data, model.Predict(data.Frame).OrThrow()));
        for (var b = 0; b < weights.Length; b++)
        {
            var slope = 0.0;
            for (var row = 0; row < data.RowCount; row++)
            {
                var weight = (data.Weights?[row] ?? 1) / total;
                slope += data.Target switch
                {
                    Target.Classes c =>
                        weight * (1 - Floor(Sample.Numbers(predicted[b])[row * c.Levels.Count + c.Codes[row]])
                            / Floor(mixed[row * c.Levels.Count + c.Codes[row]])),
                    Target.Numeric y => weight * 2 * (mixed[row] - y.Values[row]) * (Sample.Numbers(predicted[b])[row] - mixed[row]),
                    _ => throw new InvalidOperationException(),
                };
            }

            Assert.InRange(slope, -1e-9 * Math.Max(1, loss), double.PositiveInfinity);
            if (weights[b] > 1e-6) Assert.InRange(weights[b] * slope, 0 - 1e-9, 1e-9);
        }

        static double Floor(double p) => Math.Max(p, 2.220446049250313e-16);
    }

    [Fact]
    public void Agrees_with_scipy_on_a_mixture()
    {
        // scipy.optimize.minimize(method='SLSQP', ftol=1e-15) of the mean of -log(P @ w), P the probabilities of the true classes.
        var levels = EquatableArray.Of("no", "yes");
        Frame Base(string name, params double[] yes) =>
            new StackColumns()
                .Columns(name, new Prediction.Probabilities(levels, EquatableArray.From(yes.SelectMany(p => new[] { 1 - p, p }))));
        var frame = Base("a", 0.9, 0.2, 0.6, 0.8, 0.4, 0.1).Beside(Base("b", 0.6, 0.1, 0.3, 0.3, 0.9, 0.4))
            .Beside(Base("c", 0.5, 0.5, 0.5, 0.5, 0.5, 0.5));
        var data = new Dataset(frame, new Target.Classes(levels, EquatableArray.Of(1, 0, 1, 0, 1, 0)));
        var weights = Level.WeightsOf(Convex.Model(data));
        Assert.Equal([0.2768764982313821, 0.723123501768618, 0], weights, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(1, 1e5)]
    [InlineData(1e-9, 1e5)]
    [InlineData(1e140, 0)]
    [InlineData(1e-140, 0)]
    [InlineData(1e300, 0)]
    [InlineData(1e-300, 0)]
    [InlineData(1, 1e15)]
    public void Scale_and_offset_of_numeric_predictions_change_no_weight(double scale, double place)
    {
        // What the columns themselves hold of the values decides: at 1e15, an eighth; relative to scale, 1e5 * 2^-52.
        var (expected, found) =
            (Level.WeightsOf(Convex.Model(Level.Numeric(3, 200, 4))),
                Level.WeightsOf(Convex.Model(Level.Numeric(3, 200, 4, scale, place))));
        var rounding = Math.Max(1e-12, 10 * place * 2.3e-16 / scale);
        Assert.Equal(expected, found, (a, b) => Math.Abs(a - b) <= rounding);
    }

    [Fact]
    public void Bases_on_very_different_scales_are_distinguished()
    {
        var data = Level.Numeric(1, 50, 2);
        Frame With(double huge, double tiny) => data.Frame.Beside(Scaled("huge", huge)).Beside(Scaled("tiny", tiny));
        Frame Scaled(string name, double by) => Level.Named(name, ((Column.Numeric)data.Frame["b0"]).ToArray().Select(x => x * by));
        var weights = Level.WeightsOf(Convex.Model(data.WithFrame(With(1e300, 1e-300))));
        var without = Level.WeightsOf(Convex.Model(data.WithFrame(data.Frame.Beside(Scaled("tiny", 0)))));
        Assert.Equal(0, weights[2], 1e-15);
        Assert.Equal(without, [weights[0], weights[1], weights[3]], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void A_base_that_never_errs_takes_all()
    {
        var data = Level.Numeric(1, 30, 2);
        var truth = ((Target.Numeric)data.Target).Values;
        Assert.Equal([0.0, 0, 1], Level.WeightsOf(Convex.Model(data.WithFrame(data.Frame.Beside(Level.Named("oracle", truth))))));
    }

    [Fact]
    public void Of_equal_bases_the_first_gets_the_weight()
    {
        var data = Level.Numeric(1, 30, 1);
        Assert.Equal([1.0, 0],
            Level.WeightsOf(Convex.Model(data.WithFrame(data.Frame.Beside(Level.Named("twin",
            ((Column.Numeric)data.Frame["b0"]).ToArray()))))), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Property]
    public void One_base_is_returned_unchanged(int seed)
    {
        var data = Level.Classes(seed, 30, 1, 3);
        Assert.Equal(Level.Bases(data)[0], Convex.Model(data).Predict(data.Frame).OrThrow());
    }

    [Fact]
    public void It_weights_labels_as_votes_and_logarithms_as_probabilities()
    {
        var labels = Level.Classes(5, 60, 3, 3, StackMethod.Labels);
        Sample.RowsSumToOne(Convex.Model(labels).Predict(labels.Frame).OrThrow());
        var logs = Level.Classes(5, 60, 3, 3, StackMethod.LogProbabilities);
        Sample.RowsSumToOne(Convex.Model(logs).Predict(logs.Frame).OrThrow());
    }

    [Property]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed, bool classes)
    {
        var data = Any(seed, classes, weighted: true);
        var kept = EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(row => data.Weights!.Value[row] > 0));
        Assert.Equal(Convex.Model(data.Take(kept)), Convex.Model(data));
    }

    [Property]
    public void A_weight_of_2_is_the_row_twice(int seed, bool classes)
    {
        var data = Any(seed, classes, weighted: false);
        var (weights, repeated) = Sample.OnceOrTwice(seed, data.RowCount);
        var (one, two) = (Level.WeightsOf(Convex.Model(data.WithFrequencies(weights))), Level.WeightsOf(Convex.Model(data.Take(repeated))));
        Assert.Equal(one, two, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void A_class_absent_in_training_gets_0_and_rows_sum_to_1()
    {
        var data = Level.Classes(1, 40, 3, 3);
        var some = data.Take(EquatableArray.From(Enumerable.Range(0, 40).Where(row => ((Target.Classes)data.Target).Codes[row] != 1)));
        var predicted = (Prediction.Probabilities)Convex.Model(some).Predict(data.Frame).OrThrow();
        Sample.RowsSumToOne(predicted);
        Assert.All(Enumerable.Range(0, 40), row => Assert.Equal(0, predicted.Row(row)[1]));
    }

    [Fact]
    public void Columns_of_no_base_are_refused()
    {
        var failure = Sample.Failure(Convex, Sample.Classes(1, 20, 2, 2));
        Assert.Equal("convexWeights: column 'x0'", failure.Where);
        var data = Level.Numeric(1, 20, 2);
        Assert.Equal("convexWeights: column 'b0', row 3",
            Sample.Failure(Convex, data.WithFrame(Level.Named("b0", Enumerable.Range(0, 20).Select(i => i == 2 ? double.NaN : i)))).Where);
    }

    [Fact]
    public void A_thousand_bases_of_few_rows_are_weighed()
    {
        foreach (var data in new[] { Level.Numeric(1, 30, 1000), Level.Classes(1, 30, 1000, 2) })
        {
            var weights = Level.WeightsOf(Convex.Model(data));
            Assert.Equal(1, weights.Sum(), 1e-12);
            // As many as there are equations: 30 rows, and the sum of 1.
            Assert.InRange(weights.Count(weight => weight > 0), 1, 31);
        }
    }
}
