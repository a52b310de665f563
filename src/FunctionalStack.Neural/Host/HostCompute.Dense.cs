namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments)
    {
        if (!x.IsPlain) throw new NotImplementedException();
        pool.Run(batch, new DenseWork(x.Shape.Size, units, At(x.Data), At(kernel), bias is { } there ? At(there) : null, At(z)));
        if (moments is { } wanted) Moments(batch, z, Shape.Vector(units), wanted);
    }

    private readonly struct DenseWork(int inputs, int units, float* x, float* kernel, float* bias, float* z) : IWork
    {
        public void Do(int item, int worker)
        {
            var to = new Span<float>(z + (nint)item * units, units);
            if (bias is null) to.Clear();
            else new ReadOnlySpan<float>(bias, units).CopyTo(to);
            for (var i = 0; i < inputs; i++)
            {
                var value = x[(nint)item * inputs + i];
                for (var unit = 0; unit < units; unit++) to[unit] += value * kernel[(nint)i * units + unit];
            }
        }
    }
}
