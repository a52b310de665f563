using FsCheck.Xunit;
using FunctionalStack.Reporting.Curves;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Curves;

[Properties(Arbitrary = [typeof(Samples)], MaxTest = 200)]
public class BinsTests
{
    // Sums over bins are taken in another order.
    private const double Rounding = 1e-9;

    [Property]
    public void Calibration_bins_partition_the_rows_and_keep_both_means(Predicted rows)
    {
        var bins = Calibration.Of(rows.Scores, rows.Positive, rows.Weights).Bins;
        Assert.Equal(rows.Scores.Count, bins.Sum(bin => bin.Rows));
        Assert.Equal(rows.Weights.Sum(), bins.Sum(bin => bin.Weight), Rounding);
        Assert.Equal(rows.Scores.Zip(rows.Weights, (score, weight) => score * weight).Sum(), bins.Sum(bin => bin.Predicted * bin.Weight),
            Rounding);
        Assert.Equal(rows.Positive.Zip(rows.Weights, (positive, weight) => positive ? weight : 0).Sum(),
            bins.Sum(bin => bin.Found * bin.Weight),
            Rounding);
        Assert.All(bins, bin => Assert.InRange(bin.Predicted, bin.From - Rounding, bin.From + 0.1 + Rounding));
    }

    // By hand, with the definition of scikit-learn's calibration_curve, strategy='uniform', n_bins=5.
    [Fact]
    public void Calibration_of_few_rows_is_that_made_by_hand()
    {
        var bins = Calibration.Of([.1, .15, .35, .5, .55, .9, 1], [false, true, false, true, true, true, true], bins: 5).Bins;
        Assert.Equal([0.5, 0, 1, 1], bins.Select(bin => bin.Found));
        Assert.Equal([0.125, 0.35, 0.525, 0.95], bins.Select(bin => bin.Predicted), (a, b) => Math.Abs(a - b) < Rounding);
    }

    [Property]
    public void A_histogram_counts_each_number_once_in_the_bin_around_it(EquatableArray<double> numbers)
    {
        var finite = numbers.Where(double.IsFinite).ToArray();
        if (Histogram.Of(numbers) is not { } found)
        {
            Assert.Empty(finite);
            return;
        }

        Assert.Equal(finite.Length, found.Counts.Sum());
        Assert.InRange(found.Counts.Count, 1, 60);
        Assert.True(found.From <= finite.Min() && finite.Max() <= found.To + found.Step * 1e-6);
        for (var bin = 0; bin < found.Counts.Count; bin++)
        {
            // A number at the end of a bin may be on either side, by rounding.
            var (from, to) = (found.From + bin * found.Step, found.From + (bin + 1) * found.Step);
            var slack = found.Step * 1e-6;
            Assert.InRange(found.Counts[bin], finite.Count(number => number >= from + slack && number < to - slack),
                finite.Count(number => number >= from - slack && number < to + slack));
        }
    }

    [Property]
    public void Cells_of_a_grid_count_each_point_once(EquatableArray<double> x, EquatableArray<double> y)
    {
        var points = x.Zip(y).Where(point => !double.IsNaN(point.First + point.Second)).ToArray();
        Assert.Equal(points.Length, Density.Of(points, (-10, 10), (-1, 1)).Counts.Sum());
    }

    [Property]
    public void Quartiles_divide_the_numbers(EquatableArray<double> numbers)
    {
        if (Quartiles.Of(numbers) is not { } found) return;
        var known = numbers.Where(number => !double.IsNaN(number)).ToArray();
        Assert.Equal((known.Min(), known.Max()), (found.Least, found.Most));

        // A quartile is between the numbers at the places around its share of n - 1.
        Assert.True(known.Count(number => number < found.Lower) <= (known.Length - 1) / 4.0 + 1);
        Assert.True(known.Count(number => number > found.Upper) <= (known.Length - 1) / 4.0 + 1);
        Assert.True(known.Count(number => number < found.Median) <= (known.Length - 1) / 2.0 + 1);
    }

    // By hand, with numpy.percentile's default method.
    [Fact]
    public void Quartiles_of_few_numbers_are_those_made_by_hand() =>
        Assert.Equal(new Quartiles(1, 1.75, 3, 5, 8), Quartiles.Of([8, 4, 2, 1]));
}
