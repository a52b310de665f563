using FunctionalStack.Neural;
using FunctionalStack.Oracle;

namespace FunctionalStack.Backend.Tests;

internal static class MomentResults
{
    /// <summary>The moments of z per channel, over m values with an error of at most <paramref name="error"/> each.</summary>
    /// <remarks>
    /// The error of a mean is at most that of its values, and of a variance twice that times the deviation. The values may be of one
    /// sign and their squares are, so their sums, divided by m, have the relative error of <see cref="Rounding.Total"/>. The
    /// derivative of the inverse deviation with respect to the variance is half its cube.
    /// </remarks>
    public static BatchMoments Moments(this Layout layout, Numbers numbers, Slice z, int m, int channels, Func<OracleCompute, double> error)
    {
        var (epsilon, momentum) = (1e-3f, numbers.Whole(2) == 0 ? 0.99f : 0.5f);
        var mean = layout.Result("mean", channels, Mean);
        var variance = layout.Result("variance", channels, Variance);
        return new(
            mean,
            variance,
            layout.Result("inverse deviation", channels, InverseDeviation),
            layout.Change("moving mean", numbers.Uniform(channels, -1, 1), oracle => Mean(oracle) + Rounding.Few(1)),
            layout.Change("moving variance", numbers.Uniform(channels, 0, 2), oracle => 2 * Variance(oracle) + Rounding.Few(2)),
            epsilon,
            momentum);

        double Largest(OracleCompute oracle) => oracle.At(z)[..(m * channels)].Largest();
        double Mean(OracleCompute oracle) => error(oracle) + Rounding.Total(m, Largest(oracle));
        double Variance(OracleCompute oracle) => 4 * error(oracle) * Largest(oracle) + Rounding.Total(m, Largest(oracle) * Largest(oracle));

        Func<int, double> InverseDeviation(OracleCompute oracle)
        {
            var (variances, off) = (oracle.At(variance).ToArray(), Variance(oracle));
            return channel =>
                Rounding.Few(1 / Math.Sqrt(variances[channel] + epsilon)) + 0.5 * off
                    * Math.Pow(Math.Max(variances[channel] - off, 0) + epsilon, -1.5);
        }
    }
}
