using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class RidgeCVTests
{
    private static readonly RidgeCV Chosen = new();

    [Property(MaxTest = 20)]
    public void Takes_the_penalty_whose_fits_without_each_row_err_least(int seed)
    {
        var data = Standardized(Sample.Numbers(seed, 15 + (seed & 15), 3));
        var errors = RidgeCV.UsualAlphas.Select(alpha => Enumerable.Range(0, data.RowCount).Sum(row =>
        {
            // Columns are standardized over all rows, so leaving one out leaves the others' columns as they are.
            var rest = data.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount).Where(other => other != row)));
            var estimate =
                Sample.Numbers(new RidgeRegression(alpha).Model(rest).Predict(data.Frame.Take(EquatableArray.Of(row))).OrThrow())[0];
            return Math.Pow(((Target.Numeric)data.Target).Values[row] - estimate, 2);
        })).ToArray();
        Assert.Equal(RidgeCV.UsualAlphas[Array.IndexOf(errors, errors.Min())], ((LinearModel)Chosen.Model(data)).Alpha);
    }

    [Property(MaxTest = 20)]
    public void Is_ridge_on_standardized_columns(int seed)
    {
        var data = Standardized(Sample.Numbers(seed, 40, 3));
        var model = (LinearModel)Chosen.Model(data);
        Sample.Close(new RidgeRegression(model.Alpha).Model(data).Predict(data.Frame).OrThrow(), model.Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 20)]
    public void The_scale_and_place_of_columns_change_nothing(int seed)
    {
        // Level-two columns around 1e5 are where scikit-learn's RidgeCV breaks.
        var data = Sample.Numbers(seed, 60, 3);
        var scaled = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => (cell + 2) * Math.Pow(10, 8 * (c - 1))));
        var (model, other) = ((LinearModel)Chosen.Model(data), (LinearModel)Chosen.Model(scaled));
        Assert.Equal(model.Alpha, other.Alpha);
        Sample.Close(model.Predict(data.Frame).OrThrow(), other.Predict(scaled.Frame).OrThrow(), 1e-9);
    }

    [Fact]
    public void Agrees_with_scikit_learn_on_standardized_irises()
    {
        // RidgeCV(alphas=[10 ** (h / 2) for h in range(-6, 11)]): printed with 8 decimals.
        var model = (LinearModel)Chosen.Model(Standardized(Peer.PetalWidths()));
        Assert.Equal(Math.Pow(10, -1.5), model.Alpha);
        Assert.Equal([-0.16957216, 0.09620707, 0.92033188], model.Coefficients, (a, b) => Math.Abs(a - b) <= 6e-9);
    }

    /// <summary>Rows of one group, or of one time, leave no rows for folds.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_folds_that_keep_groups_or_times_apart_it_is_leave_one_out_with_a_note(bool time)
    {
        var data = Sample.Numbers(1, 40, 2);
        var same = time ? data.WithTime(EquatableArray.From(Enumerable.Repeat(1.0, 40)))
            : data.WithGroups(EquatableArray.From(Enumerable.Repeat(1, 40)));
        var fit = Chosen.FitModel(same, Seed.Of(1));
        Assert.StartsWith("ridgeCV: the penalty is chosen by leave-one-out, since no folds can be made: ",
            Assert.Single(fit.Notes).ToString(), StringComparison.Ordinal);
        Assert.Equal(Chosen.Model(data), fit.OrThrow());
        Assert.Empty(Chosen.FitModel(data.WithGroups(EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 2))),
            Seed.Of(1)).Notes);
    }

    [Fact]
    public void Nearly_equal_columns_share_the_work()
    {
        var data = Sample.Numbers(1, 80, 1);
        var x = ((Column.Numeric)data.Frame["x0"]).ToArray();
        var model = (LinearModel)Chosen.Model(data.WithFrame(Sample.Columns(x, [.. x.Select((cell, i) => 1e5 * (cell + 1e-9 * (i % 7)))])));
        Sample.Close(Chosen.Model(data).Predict(data.Frame).OrThrow(),
            model.Predict(Sample.Columns(x, [.. x.Select(cell => 1e5 * cell)])).OrThrow(), 1e-3);
    }

    [Property(MaxTest = 20)]
    public void Unit_weights_are_no_weights(int seed)
    {
        var data = Sample.Numbers(seed, 40, 3);
        Assert.Equal(Chosen.Model(data), Chosen.Model(data.WithFrequencies(Sample.Ones(40))));
    }

    [Property(MaxTest = 20)]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        var data = Sample.Numbers(seed, 40, 3);
        var weights = EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 3 == 0 ? 0.0 : row));
        var kept = EquatableArray.From(Enumerable.Range(0, 40).Where(row => row % 3 != 0));
        Assert.Equal(Chosen.Model(data.WithFrequencies(weights).Take(kept)), Chosen.Model(data.WithFrequencies(weights)));
    }

    [Fact]
    public void Constant_columns_leave_the_mean()
    {
        var data = new Dataset(Sample.Columns([0.1, 0.1, 0.1]), new Target.Numeric(EquatableArray.Of(1.0, 2.0, 6.0)));
        Assert.Equal([3.0], Sample.Numbers(Chosen.Model(data).Predict(Sample.Columns([5])).OrThrow()));
        Assert.Equal([3.0], Sample.Numbers(Chosen.Model(data.WithFrame(Frame.Empty(3))).Predict(Frame.Empty(1)).OrThrow()));
    }

    [Fact]
    public void Classes_for_a_target_fail_and_point_to_logistic() =>
        Assert.Contains("logistic", Sample.Failure(Chosen, Sample.Classes(1, 5, 2, 2)).Remedy);

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    public void A_penalty_that_is_not_positive_fails(double alpha) =>
        Assert.Equal($"one of alphas is {alpha}", Sample.Failure(new RidgeCV(EquatableArray.Of(1, alpha)), Sample.Numbers(1, 5, 2)).What);

    [Fact]
    public void One_row_fails() => Assert.Contains("1 training row", Sample.Failure(Chosen, Sample.Numbers(1, 1, 2)).What);

    private static Dataset Standardized(Dataset data)
    {
        var cells = data.Frame.Columns.Select(named => ((Column.Numeric)named.Column).ToArray()).ToArray();
        return data.WithFrame(Sample.Columns([.. cells.Select(column =>
        {
            var mean = column.Average();
            var deviation = Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
            return column.Select(x => (x - mean) / deviation).ToArray();
        })]));
    }
}
