namespace FunctionalStack.Neural;

/// <summary>Layers in sequence over inputs of one shape: plain data.</summary>
/// <param name="Input">The shape of one example.</param>
/// <param name="Layers">From the input on.</param>
public sealed record Network(Shape Input, EquatableArray<Layer> Layers)
{
    public static Network Of(Shape input, params Layer[] layers) => new(input, EquatableArray.Of(layers));

    /// <summary>The network with its shapes and parameters laid out, or which layer doesn't fit and why.</summary>
    public Outcome<NetworkPlan> Check() => Planning.Plan(this);

    public override string ToString() => $"{Input} - {string.Join(" - ", Layers)}";
}
