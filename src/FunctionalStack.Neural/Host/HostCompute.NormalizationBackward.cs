namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums) => throw new NotImplementedException();
}
