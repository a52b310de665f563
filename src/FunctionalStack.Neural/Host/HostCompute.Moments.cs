namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Moments(int batch, Slice z, Shape shape, BatchMoments moments) => throw new NotImplementedException();

    public void InverseDeviation(Slice variance, float epsilon, Slice inverseDeviation) => throw new NotImplementedException();
}
