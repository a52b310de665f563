using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests.Blending;

[Properties(MaxTest = 40)]
public class NonNegativeTests
{
    private static readonly NonNegative Learner = new();

    /// <summary>Karush, Kuhn and Tucker: coefficients of at least 0; the error's slope is 0 where one is above 0 and not downward where it
    /// is 0.</summary>
    [Property]
    public void Coefficients_satisfy_the_conditions_of_the_optimum(int seed, bool weighted)
    {
        var data = Level.Numeric(seed, 20 + (int)((uint)seed % 50), 1 + (int)((uint)seed % 8));
        if (weighted) data = data.Weighted(seed);
        var model = Learner.Model(data);
        var (weights, predicted, y) =
            (Level.WeightsOf(model), Sample.Numbers(model.Predict(data.Frame).OrThrow()), ((Target.Numeric)data.Target).Values);
        Conditions(weights, Level.Bases(data).Select(Sample.Numbers).ToArray(), predicted.Zip(y, (a, b) => a - b).ToArray(), data.Weights);
    }

    [Property]
    public void So_do_those_of_every_class(int seed)
    {
        var data = Level.Classes(seed, 40, 1 + (int)((uint)seed % 5), 3);
        var model = Assert.IsType<ClassBlendModel>(Learner.Model(data));
        var (bases, codes) = (Level.Bases(data).Select(Sample.Numbers).ToArray(), ((Target.Classes)data.Target).Codes);
        for (var c = 0; c < 3; c++)
        {
            var columns = bases.Select(numbers => Enumerable.Range(0, 40).Select(row => numbers[row * 3 + c]).ToArray()).ToArray();
            var errors = Enumerable.Range(0, 40)
                .Select(row => columns.Select((column, b) => column[row] * model.Weights[c][b]).Sum() - (codes[row] == c ? 1 : 0))
                .ToArray();
            Conditions(model.Weights[c].ToArray(), columns, errors, null);
        }

        Sample.RowsSumToOne(model.Predict(data.Frame).OrThrow());
    }

    private static void Conditions(double[] weights, double[][] columns, double[] errors, EquatableArray<double>? rows)
    {
        for (var b = 0; b < weights.Length; b++)
        {
            var slope = Enumerable.Range(0, errors.Length).Sum(row => (rows?[row] ?? 1) * errors[row] * columns[b][row]);
            Assert.InRange(weights[b], 0, double.MaxValue);
            Assert.InRange(slope, -1e-9, weights[b] > 0 ? 1e-9 : double.PositiveInfinity);
        }
    }

    [Fact]
    public void Agrees_with_scipy()
    {
        // scipy.optimize.nnls of these columns and this target.
        double[][] columns = [[1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5], [1, -1, 1, -1, 1, -1], [6, 5, 4, 3, 2, 1]];
        double[] y = [1.5, 1.0, 4.2, 2.9, 6.6, 4.4];
        var frame = Level.Numbers(columns);
        Assert.Equal([0, 0.9955307262569832, 0.16890130353817495, 0],
            Level.WeightsOf(Learner.Model(new(frame, new Target.Numeric(EquatableArray.Of(y))))), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(1e5)]
    [InlineData(1e8)]
    [InlineData(-1e8)]
    public void Columns_far_from_0_keep_their_digits(double place)
    {
        // The conditions about place: predictions are place + small, so coefficients sum to nearly 1 and the small part decides.
        var data = Level.Numeric(7, 300, 4, 1, place);
        var model = Learner.Model(data);
        var error = Level.Loss(data, model.Predict(data.Frame).OrThrow());
        var best = Level.Loss(data, new ConvexWeights().Model(data).Predict(data.Frame).OrThrow());
        Assert.InRange(error, 0, best * (1 + 1e-7));
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-150)]
    [InlineData(1e305)]
    [InlineData(1e-300)]
    public void Scale_changes_no_coefficient(double scale) => Assert.Equal(
        Level.WeightsOf(Learner.Model(Level.Numeric(3, 100, 4))), Level.WeightsOf(Learner.Model(Level.Numeric(3, 100, 4, scale))), (a, b) =>
            Math.Abs(a - b) < 1e-9);

    [Fact]
    public void A_base_of_zeros_gets_0_and_a_target_of_zeros_leaves_none()
    {
        var data = Level.Numeric(1, 30, 2);
        var zeros = new double[30];
        Assert.Equal(0, Level.WeightsOf(Learner.Model(data.WithFrame(data.Frame.Beside(Level.Named("none", zeros)))))[2]);
        Assert.Equal([0.0, 0.0], Level.WeightsOf(Learner.Model(data.WithTarget(new Target.Numeric(EquatableArray.Own(new double[30]))))));
    }

    [Fact]
    public void A_coefficient_beyond_doubles_is_refused()
    {
        var data = Level.Numeric(1, 30, 1);
        var failure =
            Sample.Failure(Learner,
                data.WithFrame(Level.Numeric(1, 30, 1, 1e-300).Frame).WithTarget(Level.Numeric(1, 30, 1, 1e300).Target));
        Assert.Equal("nonNegative: base 'b0'", failure.Where);
    }

    [Property]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        var data = Level.Numeric(seed, 40, 3).Weighted(seed);
        var kept = EquatableArray.From(Enumerable.Range(0, 40).Where(row => data.Weights!.Value[row] > 0));
        Assert.Equal(Learner.Model(data.Take(kept)), Learner.Model(data));
    }
}
