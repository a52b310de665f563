using Xunit;

namespace FunctionalStack.Onnx.Tests;

/// <summary>Law 12: the exported model predicts what the model predicts.</summary>
public static class Agree
{
    /// <summary>The bound of models that compute in double precision (docs/adr/0013-onnx.md).</summary>
    public const double Double = 1e-12;

    /// <summary>The bound of support vectors and nets, which the library computes in single precision.</summary>
    public const double Single = 1e-5;

    /// <summary>The greatest difference, after comparing labels.</summary>
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
            Assert.Equal(classes.Codes().Select(code => classes.Levels[code]), actual.Labels);
        return worst;
    }
}
