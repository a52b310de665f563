using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Decisions;

public class ThresholdTests
{
    private static ThresholdChoice Of(Threshold rule, double[] probabilities, string actual, double[]? weights = null) =>
        ThresholdChoice.Of(rule, probabilities, [.. actual.Select(one => one == '+')], weights);

    /// <summary>F1 is 2 x 1 / (2 + 0 + 1) at 0.5, and 2 x 2 / (4 + 1 + 0) if the three largest are positive.</summary>
    /// <summary>A part of the rows may have no weight.</summary>
    [Fact]
    public void Rows_without_weight_give_the_threshold_0_5()
    {
        foreach (var rule in new[] { Threshold.F1, Threshold.Balanced, Threshold.Cost(4, 5) })
            Assert.Equal((0.5, 0), (ThresholdChoice.Of(rule, [0.2, 0.9], [true, false], [0, 0]).Value,
                ThresholdChoice.Of(rule, [0.2, 0.9], [true, false], [0, 0]).Score));
    }

    [Fact]
    public void F1_of_known_cases()
    {
        var choice = Of(Threshold.F1, [0.9, 0.4, 0.3, 0.1], "+-+-");
        Assert.Equal(0.2, choice.Value, 1e-15);
        Assert.Equal((4 / 5.0, 2 / 3.0), (choice.Score, choice.ScoreAtHalf));
        Assert.Equal(new(0.5, 1, 1), Of(Threshold.F1, [0.9, 0.8, 0.3, 0.1], "++--"));
        Assert.Equal(new(0.5, 0, 0), Of(Threshold.F1, [0.9, 0.8], "--"));
    }

    [Fact]
    public void Balanced_accuracy_of_a_known_case()
    {
        // Recalls at 0.5: 1/2 and 1. With three positive: 1 and 3/4.
        var choice = Of(Threshold.Balanced, [0.9, 0.4, 0.3, 0.1, 0.1, 0.1], "+-+---");
        Assert.Equal(0.2, choice.Value, 1e-15);
        Assert.Equal((0.875, 0.75), (choice.Score, choice.ScoreAtHalf));
    }

    [Fact]
    public void Costs_of_known_cases()
    {
        Assert.Equal(new(0.25, 1 / 4.0, 11 / 4.0), Of(Threshold.Cost(10, 1), [0.75, 0.3125, 0.1875, 0.125], "-+--"));
        Assert.Equal(new(0.25, 0, 1 / 4.0), Of(Threshold.Cost(1, 1), [0.75, 0.3125, 0.1875, 0.125], "++--"));
        // Nothing is worth a false alarm.
        Assert.Equal(new(1, 0, 0.5), Of(Threshold.Cost(0, 1), [1, 0.25], "-+"));
    }

    [Fact]
    public void Every_row_may_be_positive_even_one_of_probability_0()
    {
        // A missed row costs 100: two false alarms, 2 / 4, are better than one and a miss, 101 / 4.
        Assert.Equal(new(-1, 2 / 4.0, 101 / 4.0), Of(Threshold.Cost(100, 1), [1, 0.625, 0, 0], "+-+-"));
        Assert.Equal(-1, Of(Threshold.Cost(1, 0), [0, 0], "+-").Value);
        // A probability above 0 has room below it.
        Assert.Equal(0.125, Of(Threshold.Cost(1, 0), [0.25, 0.75], "+-").Value);
    }

    /// <summary>Means of the same numbers in different orders differ by a few times 2^-53.</summary>
    [Theory]
    [InlineData(1e-16)]
    [InlineData(-1e-16)]
    [InlineData(1e-13)]
    public void No_threshold_lies_between_probabilities_that_differ_by_rounding(double noise)
    {
        Assert.Equal(Of(Threshold.F1, [0.25, 0.25, 0.75], "+-+") with { Value = 0 },
            Of(Threshold.F1, [0.25, 0.25 + noise, 0.75], "+-+") with { Value = 0 });
        Assert.Equal(Of(Threshold.Cost(9, 1), [0.5, 0.5, 0.25], "+--").Score,
            Of(Threshold.Cost(9, 1), [0.5 + noise, 0.5, 0.25], "+--").Score);
        // At the ends, too.
        Assert.Equal(-1, Of(Threshold.Cost(1, 0), [Math.Abs(noise), 0.75], "+-").Value);
        Assert.Equal(1, Of(Threshold.Cost(0, 1), [1 - Math.Abs(noise), 0.25], "-+").Value);
    }

    [Fact]
    public void Of_equally_good_thresholds_the_nearest_to_one_half_is_chosen()
    {
        Assert.Equal(0.5, Of(Threshold.F1, [0.6, 0.55, 0.2], "++-").Value);
        // All thresholds from 0.625 to 0.875 are best; from 0.625 to 0.75 they are one, and 0.6875 is its middle.
        Assert.Equal(0.6875, Of(Threshold.Cost(0, 1), [0.75, 0.625, 0.25], "+--").Value);
    }

    [Fact]
    public void A_weight_is_the_row_as_many_times()
    {
        double[] probabilities = [0.9, 0.4, 0.3, 0.1];
        Assert.Equal(Of(Threshold.F1, [0.9, 0.4, 0.4, 0.4, 0.1], "+----"), Of(Threshold.F1, probabilities, "+-+-", [1, 3, 0, 1]));
    }

    [Fact]
    public void A_row_above_the_threshold_is_positive_and_others_are_not()
    {
        var p = new Prediction.Probabilities(["n", "p"], [0.75, 0.25, 0.5, 0.5, 0.25, 0.75]);
        Assert.Equal([0, 0, 1], p.Codes());
        Assert.Equal([0, 1, 1], p.WithThreshold(0.25).Codes());
        Assert.Equal([1, 1, 1], p.WithThreshold(0).Codes());
        Assert.Equal([0, 0, 0], p.WithThreshold(1).Codes());
        // The same decisions in another order of levels, of a part of the rows, and of equal predictions.
        Assert.Equal([1, 0, 0], p.WithThreshold(0.25).For(["p", "n"]).Codes());
        Assert.Equal([1, 2, 2], p.WithThreshold(0.25).For(["m", "n", "p"]).Codes());
        Assert.Equal(0.25, ((Prediction.Probabilities)p.WithThreshold(0.25).Take([1])).Threshold);
        Assert.Equal(p.WithThreshold(0.25), Prediction.Mean([p.WithThreshold(0.25), p.WithThreshold(0.25)]));
        Assert.Null(((Prediction.Probabilities)Prediction.Mean([p.WithThreshold(0.25), p])).Threshold);
        Assert.Equal([1, 1], new Prediction.Probabilities(["n", "p"], [1.0, 0, 0, 1]).WithThreshold(-1).Codes());
        Assert.Throws<ArgumentException>(() => p.WithThreshold(1.5));
        Assert.Throws<ArgumentException>(() => p.WithThreshold(-1.5));
        Assert.Throws<ArgumentException>(() => p.WithThreshold(double.NaN));
        Assert.Throws<ArgumentException>(() => p.WithThreshold(0.5, 2));
    }

    [Theory]
    [InlineData("f1")]
    [InlineData("balanced")]
    [InlineData("cost:5,1")]
    [InlineData("cost:0,0.25")]
    public void A_rule_is_read_as_it_is_written(string text) => Assert.Equal(text, Threshold.Parse(text).OrThrow().ToString());

    [Theory]
    [InlineData("F1", "threshold: 'F1' is not a rule. Give f1, balanced or cost:FN,FP.")]
    [InlineData("cost:5", "threshold: 'cost:5' has no two costs. Give the costs of a false negative and a false positive, such as "
        + "cost:5,1: numbers of at least 0, not both 0.")]
    [InlineData("cost:0,0", "threshold: 'cost:0,0' has no two costs. Give the costs of a false negative and a false positive, such as "
        + "cost:5,1: numbers of at least 0, not both 0.")]
    public void Another_text_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.IsType<Outcome<Threshold>.Fail>(Threshold.Parse(text)).Failure.ToString());

    [Fact]
    public void A_target_without_two_classes_and_a_wrong_cost_are_refused_before_any_fit()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric([1, 2, 3, 4]));
        string Of(Threshold rule, Target target) => Assert.IsType<Outcome<Trained>.Fail>(
            new Thresholded(new Shares(), rule).Fit(data.WithTarget(target), Seed.Of(1))).Failure.ToString();
        Assert.Equal("threshold: a threshold is for two classes, but the target is numeric. Leave it out, or give a target of two classes.",
            Of(Threshold.F1, data.Target));
        Assert.Equal("threshold: a threshold is for two classes, but the target has 3. Leave it out, or merge classes until two are left.",
            Of(Threshold.F1, Target.Classes.Of("a", "b", "c", "a")));
        Assert.Equal("threshold: falseNegative is -1. Give a finite number of at least 0.",
            Of(Threshold.Cost(-1, 1), Target.Classes.Of("a", "b", "a", "b")));
    }
}
