namespace FunctionalStack.Neural;

/// <summary>An elementwise activation function.</summary>
public enum ActivationKind
{
    /// <summary>u.</summary>
    Identity,

    /// <summary>max(u, 0).</summary>
    ReLU,

    /// <summary>u above 0, else slope * u.</summary>
    LeakyReLU,

    /// <summary>1 / (1 + exp(-u)).</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>An activation with its parameter; <c>default</c> is the identity.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Slope">The slope below 0 of <see cref="ActivationKind.LeakyReLU"/>; not used by the other kinds.</param>
public readonly record struct Activation(ActivationKind Kind, float Slope = 0);
