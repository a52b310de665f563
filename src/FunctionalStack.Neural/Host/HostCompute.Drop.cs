namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Drop(int batch, Slice x, Shape shape, float rate, ulong key, Slice y) => throw new NotImplementedException();
}
