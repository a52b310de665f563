namespace FunctionalStack.Neural;

/// <summary>A trained network: plain data, with all that is needed to read examples as it was trained to and to name what it says.</summary>
/// <param name="Network">Its input is the shape of one example.</param>
/// <param name="Variables">Its numbers, moving moments for inference among them.</param>
/// <param name="Levels">The classes in the order of the outputs; empty where the outputs are values.</param>
/// <param name="Divisor">What each number of an example is divided by before the network reads it: 255 for bytes; finite, above 0.</param>
public sealed record NetworkModel(Network Network, Variables Variables, EquatableArray<string> Levels, double Divisor = 1)
{
    /// <exception cref="ArgumentException">The network doesn't check, or variables, levels or divisor are not such a network's.</exception>
    public Variables Variables { get; } = Fitting(Network, Variables, Levels, Divisor);

    public NetworkPlan Plan => Network.Check().OrThrow();

    // Models are also made from files.
    private static Variables Fitting(Network network, Variables variables, EquatableArray<string> levels, double divisor)
    {
        var plan = network.Check().Match(plan => plan, failure => throw new ArgumentException(failure.ToString(), nameof(network)));
        if (!variables.Fit(plan)) throw new ArgumentException($"{variables.Parameters.Count} parameters and {variables.Moments.Count} moments, where the network has {plan.ParameterCount} and {plan.MomentCount}", nameof(variables));
        if (Ensure.Twice(levels) is { } twice) throw new ArgumentException($"two classes are named '{twice}'", nameof(levels));
        if (levels.Count > 0 && levels.Count != plan.Output.Size) throw new ArgumentException($"{levels.Count} classes, where the network has {plan.Output.Size} outputs", nameof(levels));
        if (!(divisor > 0 && double.IsFinite(divisor))) throw new ArgumentException($"numbers are divided by {divisor}", nameof(divisor));
        return variables;
    }
}
