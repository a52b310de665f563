namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Add(int batch, Source a, Source b, Slice y)
    {
        var size = a.Shape.Size;
        var (one, other) = (SourceReader<V, L>.Of(a, arena.Start), SourceReader<V, L>.Of(b, arena.Start));
        if (one.IsPlain && other.IsPlain)
        {
            pool.Run(Chunks.Of(batch * size), new SumWork(batch * size, one.Example(0), other.Example(0), At(y)));
            return;
        }

        var group = Chunks.Rows(size);
        var pitch = Slice.Aligned(group * size);
        pool.Run((batch + group - 1) / group, new AddWork(batch, group, size, one, other, At(y), Scratch(pool.Threads * pitch), pitch));
    }

    public void Accumulate(Slice from, Slice to) => pool.Run(Chunks.Of(to.Length), new SumWork(to.Length, At(to), At(from), At(to)));

    private readonly struct SumWork(int length, float* a, float* b, float* y) : IWork
    {
        public void Do(int item, int worker)
        {
            var start = item * Chunks.Size;
            Sum(Chunks.End(item, length) - start, a + start, b + start, y + start);
        }
    }

    private readonly struct AddWork(int batch, int group, int size, SourceReader<V, L> a, SourceReader<V, L> b, float* y, float* scratch,
        int pitch) : IWork
    {
        public void Do(int item, int worker)
        {
            var first = item * group;
            var count = Math.Min(group, batch - first);
            var to = y + (nint)first * size;
            var beside = scratch + (nint)worker * pitch;
            a.ReadVectors(first, count, to, size);
            b.ReadVectors(first, count, beside, size);
            Sum(count * size, to, beside, to);
        }
    }

    private static void Sum(int length, float* a, float* b, float* y)
    {
        var i = 0;
        for (; i <= length - L.Count; i += L.Count) L.Store(y + i, L.Add(L.Load(a + i), L.Load(b + i)));
        for (; i < length; i++) y[i] = a[i] + b[i];
    }
}
