namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    // 128 KB: a block stays in the L2 cache.
    private const int MomentBlock = 32768;

    public void Moments(int batch, Slice z, Shape shape, BatchMoments moments) => Moments(z, batch * shape.Pixels, shape.Channels, moments);

    private void Moments(Slice z, int rows, int channels, BatchMoments moments)
    {
        var block = Math.Max(1, MomentBlock / channels);
        var items = (rows + block - 1) / block;
        var partials = new MomentPartials<V, L>(Scratch(MomentPartials<V, L>.Size(items, channels)), items, channels);
        pool.Run(items, new MomentWork(partials, At(z), rows, block, channels));
        partials.Merge(moments, arena.Start);
    }

    public void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation)
    {
        var from = Span(variance);
        var to = Span(inverseDeviation);
        for (var i = 0; i < from.Length; i++) to[i] = (float)(1 / Math.Sqrt((double)from[i] + epsilon));
    }

    private readonly struct MomentWork(MomentPartials<V, L> partials, float* z, int rows, int block, int channels) : IWork
    {
        private readonly float* z = z;

        public void Do(int item, int worker) =>
            partials.Compute(item, z + (nint)item * block * channels, Math.Min(block, rows - item * block));
    }
}
