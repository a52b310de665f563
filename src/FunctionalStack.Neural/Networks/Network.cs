namespace FunctionalStack.Neural;

/// <summary>A sequence of layers over inputs of one shape: plain data.</summary>
/// <param name="Input">The shape of one example.</param>
/// <param name="Layers">The layers, first to last.</param>
public sealed record Network(Shape Input, EquatableArray<Layer> Layers)
{
    /// <summary>A network with these layers.</summary>
    public static Network Of(Shape input, params Layer[] layers) => new(input, EquatableArray.Of(layers));

    /// <summary>Plans the network: infers all shapes and places all parameters. Fails at the first layer that does not fit, with the
    /// reason.</summary>
    public Outcome<NetworkPlan> Check() => Planning.Plan(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Input} - {string.Join(" - ", Layers)}";
}
