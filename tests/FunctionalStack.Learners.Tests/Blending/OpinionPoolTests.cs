using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests.Blending;

[Properties(MaxTest = 40)]
public class OpinionPoolTests
{
    /// <summary>The gradient of the penalized log-likelihood is 0 at the fitted weights and constants.</summary>
    [Property]
    public void Weights_of_classes_satisfy_the_conditions_of_the_optimum(int seed, bool weighted, bool certain)
    {
        var (bases, classes) = (1 + (int)((uint)seed % 5), 2 + (int)((uint)seed % 3));
        var data = Level.Classes(seed, 50, bases, classes, certain: certain);
        if (weighted) data = data.Weighted(seed);
        var pool = new OpinionPool(Penalty: 3, Floor: 0.01);
        var model = Assert.IsType<OpinionPoolModel>(pool.Model(data));
        var columns = Level.Bases(data).Cast<Prediction.Probabilities>().ToArray();
        var predicted = Sample.Numbers(model.Predict(data.Frame).OrThrow());
        var codes = ((Target.Classes)data.Target).Codes;
        for (var b = 0; b < bases; b++)
            Stationary(3 * (model.Weights[b] - 1.0 / bases), (row, c) => Math.Log(Math.Max(columns[b].Row(row)[c], 0.01)));
        for (var k = 0; k < classes; k++) Stationary(3 * model.Constants[k], (_, c) => c == k ? 1 : 0);

        void Stationary(double slope, Func<int, int, double> feature)
        {
            for (var row = 0; row < codes.Count; row++)
            {
                for (var c = 0; c < classes; c++)
                    slope += (data.Weights?[row] ?? 1) * (predicted[row * classes + c] - (codes[row] == c ? 1 : 0)) * feature(row, c);
            }

            // The sums have up to 250 terms of at most 5, and Newton's method stops within 1e-9 of the optimum.
            Assert.InRange(slope, -1e-6, 1e-6);
        }
    }

    /// <summary>The residuals, in units of their variance, balance the penalty; with the constant, they sum to 0.</summary>
    [Property]
    public void Weights_of_values_satisfy_the_conditions_of_the_optimum(int seed, bool weighted)
    {
        var data = Level.Numeric(seed, 60, 1 + (int)((uint)seed % 6));
        if (weighted) data = data.Weighted(seed);
        var model = Assert.IsType<OpinionPoolModel>(new OpinionPool().Model(data));
        var (bases, y) = (Level.Bases(data).Select(Sample.Numbers).ToArray(), ((Target.Numeric)data.Target).Values);
        var errors = Sample.Numbers(model.Predict(data.Frame).OrThrow()).Zip(y, (predicted, actual) => predicted - actual).ToArray();
        double Mass(int row) => data.Weights?[row] ?? 1;
        var rows = Enumerable.Range(0, y.Count).ToArray();
        var variance = rows.Sum(row => Mass(row) * errors[row] * errors[row]) / rows.Sum(Mass);
        Assert.InRange(rows.Sum(row => Mass(row) * errors[row]), -1e-9, 1e-9);
        for (var b = 0; b < bases.Length; b++)
        {
            // The variance is that of ten turns, which leave about a millionth of its distance to the fixed point.
            var slope = rows.Sum(row => Mass(row) * errors[row] * bases[b][row]) / variance + 10 * (model.Weights[b] - 1.0 / bases.Length);
            Assert.InRange(slope, -1e-3, 1e-3);
        }
    }

    [Property]
    public void A_large_penalty_gives_equal_weights(int seed)
    {
        var model = Assert.IsType<OpinionPoolModel>(new OpinionPool(1e12).Model(Level.Classes(seed, 40, 4, 3)));
        Assert.All(model.Weights, weight => Assert.Equal(0.25, weight, 1e-6));
        Assert.All(model.Constants, constant => Assert.Equal(0, constant, 1e-6));
    }

    [Property]
    public void The_unit_and_origin_of_a_numeric_target_do_not_matter(int seed)
    {
        var plain = Assert.IsType<OpinionPoolModel>(new OpinionPool().Model(Level.Numeric(seed, 40, 3)));
        var large = Assert.IsType<OpinionPoolModel>(new OpinionPool().Model(Level.Numeric(seed, 40, 3, Math.ScaleB(1, 900))));
        Assert.Equal(plain.Weights, large.Weights);
        var far = Assert.IsType<OpinionPoolModel>(new OpinionPool().Model(Level.Numeric(seed, 40, 3, 1, 1e5)));
        // Values around 1e5 keep 11 of 16 digits.
        Assert.All(plain.Weights.Zip(far.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Property]
    public void The_order_of_bases_does_not_matter(int seed)
    {
        var data = Level.Classes(seed, 60, 3, 3);
        var turned = data.WithFrame(new(data.RowCount,
            EquatableArray.From(data.Frame.Columns.Chunk(3).Reverse().SelectMany(three => three))));
        var (one, other) = (Sample.Numbers(new OpinionPool().Model(data).Predict(data.Frame).OrThrow()),
            Sample.Numbers(new OpinionPool().Model(turned).Predict(data.Frame).OrThrow()));
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
    }

    [Fact]
    public void One_perfect_base_gets_the_weight()
    {
        double[] y = [3, 1, 4, 1, 5, 9, 2, 6];
        var frame = Level.Numbers(y, [1, 2, 3, 4, 5, 6, 7, 8]);
        var model = new OpinionPool().Model(new(frame, new Target.Numeric(EquatableArray.Of(y))));
        Assert.All(Sample.Numbers(model.Predict(frame).OrThrow()).Zip(y), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void A_class_without_training_rows_gets_probability_0()
    {
        var data = Level.Classes(1, 40, 2, 3);
        var kept = EquatableArray.From(Enumerable.Range(0, 40).Where(row => ((Target.Classes)data.Target).Codes[row] != 1));
        var predicted = (Prediction.Probabilities)new OpinionPool().Model(data.Take(kept)).Predict(data.Frame).OrThrow();
        Assert.All(Enumerable.Range(0, 40), row => Assert.Equal(0, predicted.Row(row)[1]));
        Sample.RowsSumToOne(predicted);
    }

    [Theory]
    [InlineData(0, 0.001, "penalty")]
    [InlineData(double.NaN, 0.001, "penalty")]
    [InlineData(10, 0, "floor")]
    [InlineData(10, 1, "floor")]
    public void A_parameter_out_of_range_is_refused(double penalty, double floor, string named) =>
        Assert.Contains(new OpinionPool(penalty, floor).Validate(), fault => fault.ToString().Contains(named, StringComparison.Ordinal));
}
