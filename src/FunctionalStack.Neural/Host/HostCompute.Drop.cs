namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y)
    {
        var length = batch * shape.Size;
        pool.Run(Chunks.Of(length), new DropWork(length, 1 - rate, key, DropMask.Threshold(rate), At(x), At(y)));
    }

    private readonly struct DropWork(int length, float kept, ulong key, uint threshold, float* x, float* y) : IWork
    {
        public void Do(int item, int worker)
        {
            var end = Chunks.End(item, length);
            for (var i = item * Chunks.Size; i < end; i++)
            {
                var scaled = x[i] / kept;
                y[i] = DropMask.Keeps(key, i, threshold) ? scaled : 0;
            }
        }
    }
}
