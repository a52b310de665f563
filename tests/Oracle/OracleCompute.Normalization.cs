using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>Batch normalization (Ioffe &amp; Szegedy 2015, Algorithm 1 and its chain rule).</summary>
public sealed partial class OracleCompute
{
    public void Moments(int batch, Slice z, Shape shape, BatchMoments moments)
    {
        var (channels, m) = (shape.Channels, batch * shape.Pixels);
        var mean = At(moments.Mean)[..channels];
        var variance = At(moments.Variance)[..channels];
        mean.Clear();
        variance.Clear();
        for (var i = 0; i < m * channels; i++) mean[i % channels] += At(z)[i] / m;
        for (var i = 0; i < m * channels; i++) variance[i % channels] += Square(At(z)[i] - mean[i % channels]) / m;
        InverseDeviation(moments.Variance, moments.Epsilon, moments.InverseDeviation);
        for (var channel = 0; channel < channels; channel++)
        {
            Move(ref At(moments.MovingMean)[channel], mean[channel]);
            Move(ref At(moments.MovingVariance)[channel], variance[channel] * m / (m - 1.0));
        }

        void Move(ref double moving, double now) => moving = moments.Momentum * moving + (1 - (double)moments.Momentum) * now;
    }

    public void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation)
    {
        for (var channel = 0; channel < variance.Length; channel++)
            At(inverseDeviation)[channel] = 1 / Math.Sqrt(At(variance)[channel] + epsilon);
    }

    public void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums)
    {
        var normal = dy.Of.Normalization ?? throw new ArgumentException("Only a normalized source's gradient has sums.", nameof(dy));
        var (g, channels) = (Local(batch, dy), dy.Of.Shape.Channels);
        SumChannels(g, At(sums.Beta)[..channels]);
        for (var i = 0; i < g.Length; i++) g[i] *= Normalized(dy.Of, normal, i);
        SumChannels(g, At(sums.Gamma)[..channels]);
    }

    private static double Square(double x) => x * x;
}
