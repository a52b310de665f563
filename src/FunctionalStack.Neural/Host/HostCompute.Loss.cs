namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Loss(int batch, LossKind loss, Slice scores, Slice targets, int units, Slice? gradient, Slice metrics) => throw new NotImplementedException();
}
