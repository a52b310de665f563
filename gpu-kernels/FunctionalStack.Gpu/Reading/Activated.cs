using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;

namespace FunctionalStack.Gpu.Reading;

/// <summary>An activation on the device. It is uniform over a launch, so threads do not diverge.</summary>
internal readonly struct Activated(Activation activation)
{
    private readonly int kind = (int)activation.Kind;
    private readonly float slope = activation.Slope;

    public F8 At(F8 u)
    {
        if (kind == (int)ActivationKind.ReLU) return F8.IfGreater(u, F8.Of(0), u, F8.Of(0));
        if (kind == (int)ActivationKind.LeakyReLU) return F8.IfGreater(u, F8.Of(0), u, slope * u);
        if (kind == (int)ActivationKind.Sigmoid) return F8.Apply<Sigmoid>(u);
        if (kind == (int)ActivationKind.Tanh) return F8.Apply<Tanh>(u);
        return u;
    }

    public F8 SlopeAt(F8 u)
    {
        if (kind == (int)ActivationKind.ReLU) return F8.IfGreater(u, F8.Of(0), F8.Of(1), F8.Of(0));
        if (kind == (int)ActivationKind.LeakyReLU) return F8.IfGreater(u, F8.Of(0), F8.Of(1), F8.Of(slope));
        if (kind == (int)ActivationKind.Sigmoid) return F8.Apply<SigmoidSlope>(u);
        if (kind == (int)ActivationKind.Tanh) return F8.Apply<TanhSlope>(u);
        return F8.Of(1);
    }
}
