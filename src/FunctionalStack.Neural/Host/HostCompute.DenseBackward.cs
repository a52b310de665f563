namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        if (!x.IsPlain || !dz.Of.IsPlain || dz.Pooling is not null) throw new NotImplementedException();
        var (inputs, units) = (x.Shape.Size, dz.Of.Shape.Size);
        pool.Run(inputs, new KernelGradientWork(batch, inputs, units, At(x.Data), At(dz.Upstream), At(kernelGradient)));
        if (biasGradient is { } bias)
        {
            var sums = Span(bias)[..units];
            sums.Clear();
            for (var row = 0; row < batch; row++)
            {
                for (var unit = 0; unit < units; unit++) sums[unit] += At(dz.Upstream)[(nint)row * units + unit];
            }
        }

        if (dx is not { } wanted) return;
        pool.Run(batch, new InputGradientWork(inputs, units, At(kernel), At(dz.Upstream), At(wanted.Data)));
        if (wanted.Sums is { } both) NormalizationBackward(batch, new(wanted.Data, x), both);
    }

    private readonly struct KernelGradientWork(int batch, int inputs, int units, float* x, float* dz, float* kernel) : IWork
    {
        public void Do(int item, int worker)
        {
            var to = new Span<float>(kernel + (nint)item * units, units);
            to.Clear();
            for (var row = 0; row < batch; row++)
            {
                for (var unit = 0; unit < units; unit++) to[unit] += x[(nint)row * inputs + item] * dz[(nint)row * units + unit];
            }
        }
    }

    private readonly struct InputGradientWork(int inputs, int units, float* kernel, float* dz, float* dx) : IWork
    {
        public void Do(int item, int worker)
        {
            for (var i = 0; i < inputs; i++)
            {
                var sum = 0f;
                for (var unit = 0; unit < units; unit++) sum += dz[(nint)item * units + unit] * kernel[(nint)i * units + unit];
                dx[(nint)item * inputs + i] = sum;
            }
        }
    }
}
