namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    // Examples smaller than this share an item: handing one out costs as much as reading some thousand numbers.
    private const int ItemSize = 8192;

    public void Apply(int batch, Source x, Pooling? pooling, Slice y)
    {
        var group = Group(x.Shape);
        var size = pooling is { } window ? new PooledImage(x.Shape, window).Size : x.Shape.Size;
        var work = new ApplyWork(SourceReader<V, L>.Of(x, arena.Start), pooling, At(y), size, batch, group);
        pool.Run((batch + group - 1) / group, work);
    }

    /// <summary>How many neighbouring examples make an item.</summary>
    private static int Group(Shape shape) => Math.Max(1, ItemSize / shape.Size);

    private readonly struct ApplyWork(SourceReader<V, L> reader, Pooling? pooling, float* y, int size, int batch, int group) : IWork
    {
        private readonly float* y = y;

        public void Do(int item, int worker)
        {
            var first = item * group;
            var count = Math.Min(group, batch - first);
            if (pooling is not { } window) reader.ReadVectors(first, count, y + (nint)first * size, size);
            else for (var i = first; i < first + count; i++) reader.ReadPooled(i, window, y + (nint)i * size);
        }
    }
}
