namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Add(int batch, Source a, Source b, Slice y)
    {
        if (!a.IsPlain || !b.IsPlain) throw new NotImplementedException();
        var length = batch * a.Shape.Size;
        pool.Run(Chunks.Of(length), new AddWork(length, At(a.Data), At(b.Data), At(y)));
    }

    public void Accumulate(Slice from, Slice to) => pool.Run(Chunks.Of(to.Length), new AddWork(to.Length, At(to), At(from), At(to)));

    private readonly struct AddWork(int length, float* a, float* b, float* y) : IWork
    {
        public void Do(int item, int worker)
        {
            var (i, end) = (item * Chunks.Size, Chunks.End(item, length));
            for (; i <= end - L.Count; i += L.Count) L.Store(y + i, L.Add(L.Load(a + i), L.Load(b + i)));
            for (; i < end; i++) y[i] = a[i] + b[i];
        }
    }
}
