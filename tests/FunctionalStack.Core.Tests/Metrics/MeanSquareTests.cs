using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Core.Tests.Metrics;

public class MeanSquareTests
{
    [Property]
    public void A_deviation_is_the_sample_variance_in_any_unit(NonEmptyArray<short> some, short more, int power)
    {
        double[] numbers = [.. some.Get.Select(number => (double)number), more];
        var mean = numbers.Average();
        var expected = Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1));
        // The unit is a power of two, which changes no bit.
        var unit = Math.ScaleB(1, power % 900);
        var deviation = MeanSquare.Deviation([.. numbers.Select(number => number * unit)], mean * unit).Root;
        Assert.Equal(expected * unit, deviation, 1e-12 * expected * unit);
    }

    [Fact]
    public void Zeros_and_numbers_that_are_not_finite_are_not_scaled()
    {
        Assert.Equal(new MeanSquare(0, 0), MeanSquare.Of([0, 0]));
        Assert.Equal(new MeanSquare(double.PositiveInfinity, 0), MeanSquare.Of([1, double.NegativeInfinity]));
        Assert.True(double.IsNaN(MeanSquare.Of([1, double.NaN]).Root));
        Assert.Equal(0, MeanSquare.Of([1, double.NaN]).Exponent);
    }

    [Fact]
    public void Mean_squares_of_different_units_can_be_divided() =>
        Assert.Equal(Math.ScaleB(1, 600), MeanSquare.Of([Math.ScaleB(3, 300)]).Over(MeanSquare.Of([3])));
}
