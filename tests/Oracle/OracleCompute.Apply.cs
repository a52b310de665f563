using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

public sealed partial class OracleCompute
{
    public void Apply(int batch, Source x, Pooling? pooling, Slice y)
    {
        var values = Values(batch, x);
        if (pooling is { } pooled) Pool(batch, x.Shape, pooled, values, At(y));
        else values.CopyTo(At(y));
    }

    public void ApplyBackward(int batch, Gradient dz, Slice to) => Values(batch, dz).CopyTo(At(to));

    public void Add(int batch, Source a, Source b, Slice y)
    {
        var (left, right) = (Values(batch, a), Values(batch, b));
        for (var i = 0; i < left.Length; i++) At(y)[i] = left[i] + right[i];
    }

    public void Accumulate(Slice from, Slice to)
    {
        for (var i = 0; i < from.Length; i++) At(to)[i] += At(from)[i];
    }

    public void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y)
    {
        var threshold = DropMask.Threshold(rate);
        for (var i = 0; i < batch * shape.Size; i++) At(y)[i] = DropMask.Keeps(key, i, threshold) ? At(x)[i] / (1 - (double)rate) : 0;
    }
}
