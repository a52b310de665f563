using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>The values of a <see cref="Source"/> and a <see cref="Gradient"/>.</summary>
public sealed partial class OracleCompute
{
    /// <summary>The values of the source: batch x shape.</summary>
    public double[] Values(int batch, Source x)
    {
        var values = new double[batch * x.Shape.Size];
        for (var i = 0; i < values.Length; i++) values[i] = x.Activation.At(Preactivation(x, i));
        return values;
    }

    // u of element i of batch x shape.
    private double Preactivation(Source x, int i)
    {
        if (x.Normalization is not { } normal) return At(x.Data)[i];
        var channel = i % x.Shape.Channels;
        return Normalized(x, normal, i) * At(normal.Gamma)[channel] + At(normal.Beta)[channel];
    }

    // x̂ of element i.
    private double Normalized(Source x, Normalization normal, int i)
    {
        var channel = i % x.Shape.Channels;
        return (At(x.Data)[i] - At(normal.Mean)[channel]) * At(normal.InverseDeviation)[channel];
    }

    // g, the gradient with respect to u: steps 1 to 3 of Gradient.
    private double[] Local(int batch, Gradient d)
    {
        var g = new double[batch * d.Of.Shape.Size];
        if (d.Pooling is { } pooling) Unpool(batch, d.Of, pooling, At(d.Upstream), g);
        else At(d.Upstream)[..g.Length].CopyTo(g);
        for (var i = 0; i < g.Length; i++) g[i] *= d.Of.Activation.SlopeAt(Preactivation(d.Of, i));
        return g;
    }

    /// <summary>The values of the gradient: batch x shape of its source.</summary>
    public double[] Values(int batch, Gradient d)
    {
        var g = Local(batch, d);
        if (d.Of.Normalization is not { } normal) return g;
        var sums = d.Sums ?? throw new ArgumentException("The gradient of a normalized source needs its sums.", nameof(d));
        var m = batch * d.Of.Shape.Pixels;
        for (var i = 0; i < g.Length; i++)
        {
            var channel = i % d.Of.Shape.Channels;
            var centred = g[i] - At(sums.Beta)[channel] / m - Normalized(d.Of, normal, i) * At(sums.Gamma)[channel] / m;
            g[i] = At(normal.Gamma)[channel] * At(normal.InverseDeviation)[channel] * centred;
        }

        return g;
    }
}
