using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>Another backend's operations, with a callback before each.</summary>
internal sealed class WatchedCompute(ICompute inner, Action predicted, Action disposed, Action? read = null) : ICompute
{
    public void Write(ReadOnlySpan<float> from, Slice to)
    {
        predicted();
        inner.Write(from, to);
    }

    public void Read(Slice from, Span<float> to)
    {
        predicted();
        read?.Invoke();
        inner.Read(from, to);
    }

    public void Fill(Slice to, float value)
    {
        predicted();
        inner.Fill(to, value);
    }

    public void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        predicted();
        inner.Convolve(batch, window, x, kernel, bias, z, moments);
    }

    public void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient,
        Slice? biasGradient, InputGradient? dx)
    {
        predicted();
        inner.ConvolveBackward(batch, window, x, kernel, dz, kernelGradient, biasGradient, dx);
    }

    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments)
    {
        predicted();
        inner.Dense(batch, x, kernel, bias, z, units, moments);
    }

    public void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        predicted();
        inner.DenseBackward(batch, x, kernel, dz, kernelGradient, biasGradient, dx);
    }

    public void Moments(int batch, Slice z, Shape shape, BatchMoments moments)
    {
        predicted();
        inner.Moments(batch, z, shape, moments);
    }

    public void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation)
    {
        predicted();
        inner.InverseDeviation(variance, epsilon, inverseDeviation);
    }

    public void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums)
    {
        predicted();
        inner.NormalizationBackward(batch, dy, sums);
    }

    public void Apply(int batch, Source x, Pooling? pooling, Slice y)
    {
        predicted();
        inner.Apply(batch, x, pooling, y);
    }

    public void ApplyBackward(int batch, Gradient dz, Slice to)
    {
        predicted();
        inner.ApplyBackward(batch, dz, to);
    }

    public void Add(int batch, Source a, Source b, Slice y)
    {
        predicted();
        inner.Add(batch, a, b, y);
    }

    public void Accumulate(Slice from, Slice to)
    {
        predicted();
        inner.Accumulate(from, to);
    }

    public void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y)
    {
        predicted();
        inner.Drop(batch, x, shape, rate, key, y);
    }

    public void Softmax(int batch, Slice x, int units, Slice y)
    {
        predicted();
        inner.Softmax(batch, x, units, y);
    }

    public void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx)
    {
        predicted();
        inner.SoftmaxBackward(batch, y, dy, units, dx);
    }

    public void Loss(
        int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics, Slice? before, Slice? weights)
    {
        predicted();
        inner.Loss(batch, loss, scores, targets, units, gradient, metrics, before, weights);
    }

    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? mu, Slice? nu, Slice? guard)
    {
        predicted();
        inner.Update(rule, parameters, gradients, mu, nu, guard);
    }

    public void Dispose()
    {
        inner.Dispose();
        disposed();
    }
}
