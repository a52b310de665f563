namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Softmax(int batch, Slice x, int units, Slice y)
    {
        var block = Chunks.Rows(units);
        pool.Run((batch + block - 1) / block, new SoftmaxWork(batch, block, units, At(x), At(y)));
    }

    public void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx)
    {
        var block = Chunks.Rows(units);
        pool.Run((batch + block - 1) / block, new SoftmaxBackwardWork(batch, block, units, At(y), At(dy), At(dx)));
    }

    private readonly struct SoftmaxWork(int batch, int block, int units, float* x, float* y) : IWork
    {
        public void Do(int item, int worker)
        {
            for (var row = item * block; row < Math.Min(batch, (item + 1) * block); row++)
            {
                float* from = x + (nint)row * units, to = y + (nint)row * units;
                // If there is no maximum (all NaN or minus infinity), the row is NaN.
                var greatest = Greatest(from, units);
                var top = greatest < 0 ? double.NaN : from[greatest];
                var sum = 0.0;
                for (var unit = 0; unit < units; unit++) sum += Math.Exp(from[unit] - top);
                for (var unit = 0; unit < units; unit++) to[unit] = (float)(Math.Exp(from[unit] - top) / sum);
            }
        }
    }

    private readonly struct SoftmaxBackwardWork(int batch, int block, int units, float* y, float* dy, float* dx) : IWork
    {
        public void Do(int item, int worker)
        {
            for (var row = item * block; row < Math.Min(batch, (item + 1) * block); row++)
            {
                float* at = y + (nint)row * units, up = dy + (nint)row * units, to = dx + (nint)row * units;
                var sum = 0.0;
                for (var unit = 0; unit < units; unit++) sum += (double)up[unit] * at[unit];
                for (var unit = 0; unit < units; unit++) to[unit] = (float)(at[unit] * (up[unit] - sum));
            }
        }
    }

    /// <summary>The index of the first maximum; -1 if no value is above minus infinity. NaN is never the maximum.</summary>
    private static int Greatest(float* numbers, int count)
    {
        var (greatest, top) = (-1, float.NegativeInfinity);
        for (var i = 0; i < count; i++)
        {
            if (numbers[i] > top) (greatest, top) = (i, numbers[i]);
        }

        return greatest;
    }
}
