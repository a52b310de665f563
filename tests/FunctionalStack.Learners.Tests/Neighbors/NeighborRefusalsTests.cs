using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class NeighborRefusalsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_k_below_1_fails(int k)
    {
        var failure = Sample.Failure(new KNearestNeighbors(k), Sample.Classes(1, 10, 2, 2));
        Assert.Equal(new Failure("knn", $"k is {k}", "Give at least 1."), failure);
    }

    [Fact]
    public void More_neighbours_than_rows_fails()
    {
        var failure = Sample.Failure(new KNearestNeighbors(), Sample.Classes(1, 4, 2, 2));
        Assert.Contains("only 4 training rows", failure.What);
        Assert.Equal("Give at most 4.", failure.Remedy);
    }

    [Fact]
    public void Rows_of_weight_0_are_no_neighbours_to_ask_for() =>
        Assert.Equal(
            "Give at most 1.",
                Sample.Failure(new KNearestNeighbors(2), Sample.Classes(1, 2, 2, 2).WithFrequencies(EquatableArray.Of(0.0, 1.0))).Remedy);

    [Fact]
    public void No_row_of_positive_weight_fails() =>
        Assert.Contains("no training rows",
            Sample.Failure(new KNearestNeighbors(1), Sample.Classes(1, 2, 2, 2).WithFrequencies(EquatableArray.Of(0.0, 0.0))).What);

    [Fact]
    public void A_value_that_is_not_finite_fails() =>
        Assert.Equal("target, row 2",
            Sample.Failure(new KNearestNeighbors(1),
            new(Sample.Columns([1, 2]), new Target.Numeric(EquatableArray.Of(1.0, double.NaN)))).Where);

    [Fact]
    public void Categories_and_missing_values_fail()
    {
        Assert.Contains("categories",
            Sample.Failure(new KNearestNeighbors(1),
            new(Frame.Of(("w", Column.Categorical.Of("a", "b"))), Target.Classes.Of("a", "b"))).What);
        Assert.Contains("missing",
            Sample.Failure(new KNearestNeighbors(1), new(Sample.Columns([1, double.NaN]), Target.Classes.Of("a", "b"))).What);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_exponent_below_1_fails(double p) =>
        Assert.Equal($"p is {p}", Sample.Failure(new KNearestNeighbors(1, P: p), Sample.Classes(1, 10, 2, 2)).What);
}
