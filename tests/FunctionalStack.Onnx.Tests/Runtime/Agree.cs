using Xunit;

namespace FunctionalStack.Onnx.Tests;

/// <summary>Law 12: the exported model predicts what the model predicts.</summary>
public static class Agree
{
    /// <summary>The bound of models that compute in double precision (docs/adr/0014-onnx.md).</summary>
    public const double Double = 1e-12;

    /// <summary>
    /// The bound of support vectors and nets, which the library computes in single precision. A decision sums up to some ten kernel values,
    /// each off by a few 1e-7, and the slope of Platt's sigmoid and the coupling of pairs multiply that by about ten (seen: 1.4e-5).
    /// </summary>
    public const double Single = 1e-4;

    /// <summary>The bound of stacks: rounding errors of bases, times the weights of meta-learners.</summary>
    public const double Stack = 1e-10;

    /// <summary>The greatest difference of a number. Labels must be equal, unless the model's best two probabilities are as near as the
    /// bound.</summary>
    public static double Of(Prediction expected, OnnxPrediction actual, double bound)
    {
        var numbers = expected is Prediction.Probabilities p ? p.Matrix : ((Prediction.Numeric)expected).Values;
        Assert.Equal(numbers.Count, actual.Numbers.Length);
        var worst = 0.0;
        for (var at = 0; at < numbers.Count; at++)
        {
            var scale = expected is Prediction.Numeric ? Math.Max(1, Math.Abs(numbers[at])) : 1;
            var difference = numbers[at].Equals(actual.Numbers[at]) ? 0 : Math.Abs(numbers[at] - actual.Numbers[at]) / scale;
            Assert.True(difference <= bound, $"number {at} is {actual.Numbers[at]:R}, not {numbers[at]:R}");
            worst = Math.Max(worst, difference);
        }

        if (expected is Prediction.Probabilities classes)
        {
            var codes = classes.Codes();
            for (var row = 0; row < classes.Count; row++)
                Assert.True(classes.Levels[codes[row]] == actual.Labels![row] || IsTie(classes, row, bound),
                    $"row {row} is '{actual.Labels![row]}', not '{classes.Levels[codes[row]]}'");
        }

        return worst;
    }

    private static bool IsTie(Prediction.Probabilities classes, int row, double bound)
    {
        if (classes.Threshold is { } threshold && Math.Abs(classes.Row(row)[classes.Positive] - threshold) <= bound) return true;
        var best = classes.Row(row).ToArray().OrderDescending().Take(2).ToArray();
        return best.Length == 2 && best[0] - best[1] <= 2 * bound;
    }
}
