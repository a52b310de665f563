using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

public sealed partial class OracleCompute
{
    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments)
    {
        var (read, inputs) = (Values(batch, x), x.Shape.Size);
        for (var example = 0; example < batch; example++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var sum = bias is { } b ? At(b)[unit] : 0;
                for (var input = 0; input < inputs; input++) sum += read[example * inputs + input] * At(kernel)[input * units + unit];
                At(z)[example * units + unit] = sum;
            }
        }

        if (moments is { } wanted) Moments(batch, z, Shape.Vector(units), wanted);
    }

    public void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        var (read, upstream, inputs, units) = (Values(batch, x), Values(batch, dz), x.Shape.Size, dz.Of.Shape.Size);
        for (var input = 0; input < inputs; input++)
        {
            for (var unit = 0; unit < units; unit++)
            {
                var sum = 0.0;
                for (var example = 0; example < batch; example++) sum += read[example * inputs + input] * upstream[example * units + unit];
                At(kernelGradient)[input * units + unit] = sum;
            }
        }

        if (biasGradient is { } bias) SumChannels(upstream, At(bias)[..units]);
        if (dx is not { } wanted) return;
        for (var example = 0; example < batch; example++)
        {
            for (var input = 0; input < inputs; input++)
            {
                var sum = 0.0;
                for (var unit = 0; unit < units; unit++) sum += upstream[example * units + unit] * At(kernel)[input * units + unit];
                At(wanted.Data)[example * inputs + input] = sum;
            }
        }

        if (wanted.Sums is { } sums) NormalizationBackward(batch, new(wanted.Data, x), sums);
    }
}
