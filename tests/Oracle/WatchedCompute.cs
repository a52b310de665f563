using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>Another's operations, each told of before it runs.</summary>
internal sealed class WatchedCompute(ICompute inner, Action before, Action disposed) : ICompute
{
    public void Write(ReadOnlySpan<float> from, Slice to)
    {
        before();
        inner.Write(from, to);
    }

    public void Read(Slice from, Span<float> to)
    {
        before();
        inner.Read(from, to);
    }

    public void Fill(Slice to, float value)
    {
        before();
        inner.Fill(to, value);
    }

    public void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        before();
        inner.Convolve(batch, window, x, kernel, bias, z, moments);
    }

    public void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        before();
        inner.ConvolveBackward(batch, window, x, kernel, dz, kernelGradient, biasGradient, dx);
    }

    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments)
    {
        before();
        inner.Dense(batch, x, kernel, bias, z, units, moments);
    }

    public void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        before();
        inner.DenseBackward(batch, x, kernel, dz, kernelGradient, biasGradient, dx);
    }

    public void Moments(int batch, Slice z, Shape shape, BatchMoments moments)
    {
        before();
        inner.Moments(batch, z, shape, moments);
    }

    public void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation)
    {
        before();
        inner.InverseDeviation(variance, epsilon, inverseDeviation);
    }

    public void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums)
    {
        before();
        inner.NormalizationBackward(batch, dy, sums);
    }

    public void Apply(int batch, Source x, Pooling? pooling, Slice y)
    {
        before();
        inner.Apply(batch, x, pooling, y);
    }

    public void ApplyBackward(int batch, Gradient dz, Slice to)
    {
        before();
        inner.ApplyBackward(batch, dz, to);
    }

    public void Add(int batch, Source a, Source b, Slice y)
    {
        before();
        inner.Add(batch, a, b, y);
    }

    public void Accumulate(Slice from, Slice to)
    {
        before();
        inner.Accumulate(from, to);
    }

    public void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y)
    {
        before();
        inner.Drop(batch, x, shape, rate, key, y);
    }

    public void Softmax(int batch, Slice x, int units, Slice y)
    {
        before();
        inner.Softmax(batch, x, units, y);
    }

    public void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx)
    {
        before();
        inner.SoftmaxBackward(batch, y, dy, units, dx);
    }

    public void Loss(int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics)
    {
        before();
        inner.Loss(batch, loss, scores, targets, units, gradient, metrics);
    }

    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? first, Slice? second)
    {
        before();
        inner.Update(rule, parameters, gradients, first, second);
    }

    public void Dispose()
    {
        inner.Dispose();
        disposed();
    }
}
