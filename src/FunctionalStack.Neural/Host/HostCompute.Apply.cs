namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Apply(int batch, Source x, Pooling? pooling, Slice y) => throw new NotImplementedException();
}
