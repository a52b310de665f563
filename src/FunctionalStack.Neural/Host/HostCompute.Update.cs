namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void Update(UpdateRule rule, Slice parameters, Slice gradients, Slice? first, Slice? second) => throw new NotImplementedException();
}
