using FsCheck.Xunit;
using FunctionalStack.Reporting.Curves;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Curves;

[Properties(Arbitrary = [typeof(Samples)], MaxTest = 100)]
public class AgreementTests
{
    private const double Rounding = 1e-9;

    [Property]
    public void Correlation_is_symmetric_within_one_and_one_with_itself(Predicted rows)
    {
        var other = EquatableArray.From(rows.Scores.Zip(rows.Weights, (score, weight) => score + weight));
        var found = Agreement.Correlation(rows.Scores, other);
        if (double.IsNaN(found)) return;
        Assert.InRange(found, -1, 1);
        Assert.Equal(found, Agreement.Correlation(other, rows.Scores), Rounding);
        Assert.Equal(1, Agreement.Correlation(rows.Scores, rows.Scores), Rounding);
        Assert.Equal(-1, Agreement.Correlation(rows.Scores, EquatableArray.From(rows.Scores.Select(score => 3 - 2 * score))), Rounding);
    }

    // By hand.
    [Fact]
    public void Correlation_of_few_numbers_is_that_made_by_hand()
    {
        Assert.Equal(0.7745966692414834, Agreement.Correlation([1, 2, 3, 4, 5], [2, 4, 5, 4, 5]), Rounding);
        Assert.True(double.IsNaN(Agreement.Correlation([1, 1], [1, 2])));
    }

    [Fact]
    public void Models_that_predict_other_rows_are_compared_on_the_common_ones()
    {
        var a = new OutOfFold("a", [0, 1, 2, 3], new Prediction.Numeric([9, 1, 2, 3]));
        var b = new OutOfFold("b", [1, 2, 3, 4], new Prediction.Numeric([10, 20, 30, 0]));
        Assert.Equal(1, Agreement.Of(a, b), Rounding);
    }

    [Fact]
    public void Probabilities_are_compared_by_the_name_of_the_class()
    {
        var a = new OutOfFold("a", [0, 1, 2], new Prediction.Probabilities(["n", "y"], [.9, .1, .5, .5, .2, .8]));
        var b = new OutOfFold("b", [0, 1, 2], new Prediction.Probabilities(["y", "n"], [.1, .9, .5, .5, .8, .2]));
        Assert.Equal(1, Agreement.Of(a, b), Rounding);
    }
}
