namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Add(int batch, Source a, Source b, Slice y) => throw new NotImplementedException();

    public void Accumulate(Slice from, Slice to) => throw new NotImplementedException();
}
