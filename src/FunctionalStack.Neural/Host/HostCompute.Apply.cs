namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Apply(int batch, Source x, Pooling? pooling, Slice y)
    {
        var reader = SourceReader<V, L>.Of(x, arena.Start);
        if (pooling is not { } window)
        {
            ReadRows(reader, batch, x.Shape.Size, At(y));
            return;
        }

        var group = Chunks.Rows(x.Shape.Size);
        pool.Run((batch + group - 1) / group, new PoolWork(reader, window, At(y), new PooledImage(x.Shape, window).Size, batch, group));
    }

    /// <summary>Writes a batch of a source, one example per row.</summary>
    private void ReadRows(SourceReader<V, L> reader, int batch, int size, float* to)
    {
        var group = Chunks.Rows(size);
        pool.Run((batch + group - 1) / group, new ReadWork(reader, to, size, batch, group));
    }

    private readonly struct ReadWork(SourceReader<V, L> reader, float* to, int size, int batch, int group) : IWork
    {
        public void Do(int item, int worker) =>
            reader.ReadVectors(item * group, Math.Min(group, batch - item * group), to + (nint)item * group * size, size);
    }

    private readonly struct PoolWork(SourceReader<V, L> reader, Pooling pooling, float* y, int size, int batch, int group) : IWork
    {
        public void Do(int item, int worker)
        {
            for (var i = item * group; i < Math.Min(batch, (item + 1) * group); i++) reader.ReadPooled(i, pooling, y + (nint)i * size);
        }
    }
}
