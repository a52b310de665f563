using System.Globalization;
using System.Numerics;

namespace FunctionalStack.Cluster;

/// <summary>Sums and functions whose last bits depend on the processor and on how its libraries are built.</summary>
internal static class FloatingPoint
{
    private const int Terms = 1000;

    /// <summary>The bits of the results, in hexadecimal.</summary>
    public static string Probe()
    {
        var stream = Seed.Of(1).Stream();
        double[] values = [.. Enumerable.Range(0, Terms).Select(_ => stream.NextNormal())];
        var (sum, fused) = (Vector<double>.Zero, 0.0);
        for (var i = 0; i + Vector<double>.Count <= Terms; i += Vector<double>.Count) sum += new Vector<double>(values, i);
        foreach (var value in values) fused = Math.FusedMultiplyAdd(value, value, fused);
        double[] results =
        [
            Vector.Sum(sum), fused, values.Sum(Math.Exp), values.Sum(value => Math.Log(Math.Abs(value))), values.Sum(Math.Tanh),
            values.Sum(value => Math.Pow(Math.Abs(value), 0.3)), values.Sum(Math.Sin),
        ];
        return string.Concat(results.Select(result =>
            BitConverter.DoubleToInt64Bits(result).ToString("x16", CultureInfo.InvariantCulture)));
    }
}
