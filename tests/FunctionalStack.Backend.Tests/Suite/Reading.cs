using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;
using FunctionalStack.Oracle;

namespace FunctionalStack.Backend.Tests;

/// <summary>The normalization and activation of a source.</summary>
internal sealed record Reading(bool Normalized, ActivationKind Activation)
{
    public static Reading Plain { get; } = new(false, ActivationKind.Identity);

    public static Gen<Reading> Any { get; } =
        from normalized in ArbMap.Default.GeneratorFor<bool>()
        from activation in Gen.Elements(Enum.GetValues<ActivationKind>())
        select new Reading(normalized, activation);

    public IEnumerable<Reading> Smaller() => this == Plain ? [] : [Plain];
}

/// <summary>Sources and gradients with random values.</summary>
/// <remarks>
/// Rounding must not move a value across a kink of ReLU or exchange two candidates of a max pooling, since float32 and float64
/// would then rightly differ. So data are eighths (exact; 0 is common and exactly on ReLU's kink). If they are normalized, beta
/// places the kink midway between two eighths, at least 1/16 * 1/4 from any value. Equal data in a channel stay equal after any
/// normalization, and other data are at least 1/8 * 1/4 apart before the activation and some tens of float32 values after it,
/// since they are at most 6.1 in size where tanh begins to saturate.
/// </remarks>
internal static class Readings
{
    /// <summary>A source of random values.</summary>
    public static Source Source(this Layout layout, Numbers numbers, int batch, Shape shape, Reading reading, int spare = 0) =>
        layout.Source(layout.Source(numbers.Eighths(batch * shape.Size), spare * shape.Size), numbers, shape, reading);

    /// <summary>The same over existing data: eighths.</summary>
    public static Source Source(this Layout layout, Slice data, Numbers numbers, Shape shape, Reading reading) =>
        new(data, shape, reading.Normalized ? layout.Normalization(numbers, shape.Channels) : null, new(reading.Activation, 0.1f));

    /// <summary>A gradient with respect to such a source, pooled or not.</summary>
    public static Gradient Gradient(this Layout layout, Numbers numbers, int batch, Shape shape, Reading reading, Pooling? pooling,
        int spare = 0)
    {
        var of = layout.Source(numbers, batch, shape, reading, spare);
        var seen = pooling?.Of(shape) ?? shape;
        var upstream = layout.Source(numbers.Uniform(batch * seen.Size, -1, 1), spare * seen.Size);
        return new(upstream, of, pooling, reading.Normalized ? new(Sums(), Sums()) : null);

        // Any values, of a size for which each term of the gradient matters.
        Slice Sums() => layout.Source(numbers.Uniform(shape.Channels, -0.5 * batch * shape.Pixels, 0.5 * batch * shape.Pixels));
    }

    /// <summary>The gradient of x, each element of which is a sum of terms at most as large as the output's gradient, with kernels up to
    /// 1.</summary>
    public static InputGradient InputGradient(this Layout layout, int batch, Source x, bool sums, int terms,
        Func<OracleCompute, double> largest, int spare)
    {
        var (channels, m) = (x.Shape.Channels, batch * x.Shape.Pixels);
        var data = layout.Result("input gradient", batch * x.Shape.Size, Off, spare * x.Shape.Size);
        return new(data, !sums ? null : new(
            layout.Result("sum of g x̂", channels, oracle => Sum(oracle, oracle.Deviation(batch, x))),
            layout.Result("sum of g", channels, oracle => Sum(oracle, 1))));

        double Off(OracleCompute oracle) => Rounding.Sum(terms, largest(oracle));

        // The errors of m values of any sign add up to sqrt(m) times one; the rounding of their sum is added.
        double Sum(OracleCompute oracle, double factor) =>
            factor * (4 * Math.Sqrt(m) * Off(oracle) + Rounding.Sum(m, oracle.At(data)[..(m * channels)].Largest()));
    }

    /// <summary>The maximum of x after normalization and activation.</summary>
    public static double Scale(this OracleCompute oracle, int batch, Source x) => oracle.Values(batch, x).Largest();

    /// <summary>The maximum of a term of the gradient.</summary>
    public static double Scale(this OracleCompute oracle, int batch, Gradient d)
    {
        var whole = oracle.Values(batch, d).Largest();
        if (d.Of.Normalization is not { } normal || d.Sums is not { } sums) return whole;
        var m = batch * d.Of.Shape.Pixels;
        return whole + oracle.At(normal.Gamma).Largest() * oracle.At(normal.InverseDeviation).Largest()
            * (oracle.At(sums.Beta).Largest() + oracle.Deviation(batch, d.Of) * oracle.At(sums.Gamma).Largest()) / m;
    }

    /// <summary>The maximum of a term of x̂.</summary>
    public static double Deviation(this OracleCompute oracle, int batch, Source x) => x.Normalization is not { } normal
        ? 0
        : (oracle.At(x.Data)[..(batch * x.Shape.Size)].Largest() + oracle.At(normal.Mean).Largest()) * oracle.At(normal.InverseDeviation)
        .Largest();

    private static Normalization Normalization(this Layout layout, Numbers numbers, int channels)
    {
        var (mean, inverse) = (numbers.Uniform(channels, -1, 1), numbers.Uniform(channels, 0.5, 1.25));
        var gamma = numbers.Draw(channels, () => numbers.Whole(8) switch { 0 => 0, < 3 => -1, _ => 1 });
        var size = numbers.Uniform(channels, 0.5, 1.2);
        for (var channel = 0; channel < channels; channel++) gamma[channel] *= size[channel];
        var beta = new float[channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var kink = (numbers.Whole(17) - 8 + 0.5) / 8;
            beta[channel] = (float)(-(kink - mean[channel]) * inverse[channel] * gamma[channel]);
        }

        return new(layout.Source(mean), layout.Source(inverse), layout.Source(gamma), layout.Source(beta));
    }
}
