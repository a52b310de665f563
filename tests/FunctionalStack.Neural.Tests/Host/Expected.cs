namespace FunctionalStack.Neural.Tests.Host;

/// <summary>A batch and what is to be read of it, in double precision, written from the contract's words.</summary>
internal sealed class Expected(int batch, Shape shape, float[] z, float[][]? normalization, Activation activation, Pooling? pooling)
{
    private readonly Pooling window = pooling ?? new(PoolingKind.Average, 1, 1, 1);

    public Shape Pooled => window.Of(shape);

    /// <summary>The reader's view: batch x pooled shape.</summary>
    public double[] Read()
    {
        var to = new double[batch * Pooled.Size];
        Windows((output, pixels) => to[output] = window.Kind == PoolingKind.Max ? pixels.Max(A) : pixels.Average(A));
        return to;
    }

    /// <summary>g: upstream through the pooling and the slope, batch x shape.</summary>
    public double[] Slopes(float[] upstream)
    {
        var g = new double[batch * shape.Size];
        Windows((output, pixels) =>
        {
            var winner = pixels.First(p => A(p) == pixels.Max(A));
            foreach (var p in pixels)
            {
                if (window.Kind == PoolingKind.Average) g[p] += (double)upstream[output] / pixels.Length;
                else if (p == winner) g[p] += upstream[output];
            }
        });
        return [.. g.Select((value, i) => value * Slope(U(i)))];
    }

    /// <summary>sum(g x̂) and sum(g) per channel.</summary>
    public (double[] Gamma, double[] Beta) Sums(float[] upstream)
    {
        var (gamma, beta) = (new double[shape.Channels], new double[shape.Channels]);
        var g = Slopes(upstream);
        for (var i = 0; i < g.Length; i++)
        {
            gamma[i % shape.Channels] += g[i] * Normal(i);
            beta[i % shape.Channels] += g[i];
        }

        return (gamma, beta);
    }

    public double[] Gradient(float[] upstream)
    {
        var g = Slopes(upstream);
        if (normalization is null) return g;
        var (gamma, beta) = Sums(upstream);
        var m = batch * shape.Pixels;
        return
        [
            .. g.Select((value, i) =>
            {
                var c = i % shape.Channels;
                return normalization[2][c] * (double)normalization[1][c] * (value - beta[c] / m - Normal(i) * gamma[c] / m);
            }),
        ];
    }

    private double Normal(int i) => (z[i] - (double)normalization![0][i % shape.Channels]) * normalization[1][i % shape.Channels];

    private double U(int i) => normalization is null ? z[i] : Normal(i) * normalization[2][i % shape.Channels] + normalization[3][i % shape.Channels];

    private double A(int i)
    {
        var u = U(i);
        return activation.Kind switch
        {
            ActivationKind.ReLU => Math.Max(u, 0),
            ActivationKind.LeakyReLU => u > 0 ? u : u * activation.Slope,
            ActivationKind.Sigmoid => 1 / (1 + Math.Exp(-u)),
            ActivationKind.Tanh => Math.Tanh(u),
            _ => u,
        };
    }

    private double Slope(double u) => activation.Kind switch
    {
        ActivationKind.ReLU => u > 0 ? 1 : 0,
        ActivationKind.LeakyReLU => u > 0 ? 1 : activation.Slope,
        ActivationKind.Sigmoid => 1 / (2 + Math.Exp(u) + Math.Exp(-u)),
        ActivationKind.Tanh => 1 / Math.Pow(Math.Cosh(u), 2),
        _ => 1,
    };

    private void Windows(Action<int, int[]> each)
    {
        for (var i = 0; i < batch * Pooled.Size; i++)
        {
            var c = i % shape.Channels;
            var (row, x) = int.DivRem(i / shape.Channels % Pooled.Pixels, Pooled.Width);
            var corner = i / Pooled.Size * shape.Size + (row * shape.Width + x) * window.Stride * shape.Channels + c;
            each(i, [.. from dy in Enumerable.Range(0, window.Height)
                        from dx in Enumerable.Range(0, window.Width)
                        select corner + (dy * shape.Width + dx) * shape.Channels]);
        }
    }
}
