using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>Activations and their derivatives.</summary>
internal static class Activations
{
    public static double At(this Activation activation, double u) => activation.Kind switch
    {
        ActivationKind.Identity => u,
        ActivationKind.ReLU => u > 0 ? u : 0,
        ActivationKind.LeakyReLU => u > 0 ? u : activation.Slope * u,
        ActivationKind.Sigmoid => Sigmoid(u),
        ActivationKind.Tanh => Math.Tanh(u),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    public static double SlopeAt(this Activation activation, double u) => activation.Kind switch
    {
        ActivationKind.Identity => 1,
        ActivationKind.ReLU => u > 0 ? 1 : 0,
        ActivationKind.LeakyReLU => u > 0 ? 1 : activation.Slope,
        ActivationKind.Sigmoid => Sigmoid(u) * (1 - Sigmoid(u)),
        ActivationKind.Tanh => 1 - Math.Tanh(u) * Math.Tanh(u),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };

    public static double Sigmoid(double u) => 1 / (1 + Math.Exp(-u));
}
