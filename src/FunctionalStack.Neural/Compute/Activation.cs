namespace FunctionalStack.Neural;

/// <summary>What is done to each number on its own.</summary>
public enum ActivationKind
{
    Identity,
    ReLU,
    LeakyReLU,
    Sigmoid,
    Tanh,
}

/// <summary>An activation; <c>default</c> is the identity.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Slope">Of <see cref="ActivationKind.LeakyReLU"/> below 0.</param>
public readonly record struct Activation(ActivationKind Kind, float Slope = 0);
