using FsCheck.Xunit;
using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Tests.Curves;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Charts;

[Properties(Arbitrary = [typeof(Samples)], MaxTest = 200)]
public class TicksTests
{
    [Property]
    public void Ticks_are_few_within_the_range_and_their_texts_differ(EquatableArray<double> numbers)
    {
        var known = numbers.Where(double.IsFinite).ToArray();
        if (known.Length == 0 || known.Min() == known.Max()) return;
        var (from, to) = (known.Min(), known.Max());
        var ticks = Ticks.Linear(from, to, 5);
        Assert.InRange(ticks.Values.Count, 1, 11);
        var slack = (to - from) * 1e-6;
        Assert.All(ticks.Values, value => Assert.InRange(value, from - slack, to + slack));
        Assert.Equal(ticks.Values.Count, ticks.Values.Select(ticks.Text).Distinct().Count());
        var (low, high) = Ticks.Around(from, to);
        Assert.True(low <= from + slack && to <= high + slack);
    }

    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 891, "0 200 400 600 800")]
    [InlineData(-1500, 3000, "-1,000 0 1,000 2,000 3,000")]
    [InlineData(0.40, 0.47, "0.40 0.42 0.44 0.46")]
    [InlineData(0, 5e-6, "0 1e-6 2e-6 3e-6 4e-6 5e-6")]
    public void Ticks_are_round_numbers(double from, double to, string expected)
    {
        var ticks = Ticks.Linear(from, to, 5);
        Assert.Equal(expected, string.Join(' ', ticks.Values.Select(ticks.Text)));
    }

    [Fact]
    public void Ticks_of_a_logarithmic_axis_are_those_of_decades()
    {
        var ticks = Ticks.Logarithmic(0.03, 4);
        Assert.Equal("0.05 0.1 0.2 0.5 1 2", string.Join(' ', ticks.Values.Select(ticks.Text)));
        Assert.Equal([1, 10, 100, 1000, 10_000, 100_000], Ticks.Logarithmic(1, 100_000).Values);
        var many = Ticks.Logarithmic(1e-12, 30);
        Assert.Equal("1e-12 1e-10 1e-8 1e-6 0.0001 0.01 1", string.Join(' ', many.Values.Select(many.Text)));
    }

    [Fact]
    public void A_logarithmic_axis_without_two_decades_in_its_range_has_the_ticks_of_a_linear_one()
    {
        var ticks = Ticks.Logarithmic(220, 360);
        Assert.Equal("250 300 350", string.Join(' ', ticks.Values.Select(ticks.Text)));
    }

    [Fact]
    public void A_scale_maps_its_ends_and_the_middle()
    {
        var scale = new AxisScale(0, 10, 100, 200);
        Assert.Equal([100, 150, 200], new double[] { 0, 5, 10 }.Select(scale.At));
        var log = new AxisScale(1, 100, 0, 100, IsLog: true);
        Assert.Equal([0, 50, 100], new double[] { 1, 10, 100 }.Select(value => Math.Round(log.At(value), 9)));
    }
}
