namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Softmax(int batch, Slice x, int units, Slice y) => throw new NotImplementedException();

    public void SoftmaxBackward(int batch, Slice y, Slice dy, int units, Slice dx) => throw new NotImplementedException();
}
