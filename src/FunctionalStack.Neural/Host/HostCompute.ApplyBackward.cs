namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void ApplyBackward(int batch, Gradient dz, Slice to) => throw new NotImplementedException();
}
