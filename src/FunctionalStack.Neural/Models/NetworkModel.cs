namespace FunctionalStack.Neural;

/// <summary>A trained network with everything needed to prepare its input and to name its outputs: plain data.</summary>
/// <param name="Network">The network. Its input is the shape of one example.</param>
/// <param name="Variables">The learned parameters and the moments of batch normalization.</param>
/// <param name="Levels">The classes in the order of the outputs; empty for a numeric target.</param>
/// <param name="Divisor">The divisor of every input value: 255 for bytes; finite, above 0.</param>
public sealed record NetworkModel(Network Network, Variables Variables, EquatableArray<string> Levels, double Divisor = 1)
{
    /// <exception cref="ArgumentException">The network does not check, or variables, levels or divisor do not fit it.</exception>
    /// <summary>The learned parameters and the moments of batch normalization.</summary>
    public Variables Variables { get; } = Fitting(Network, Variables, Levels, Divisor);

    /// <summary>The checked network.</summary>
    public NetworkPlan Plan => Network.Check().OrThrow();

    // Models are also created from files.
    private static Variables Fitting(Network network, Variables variables, EquatableArray<string> levels, double divisor)
    {
        var plan = network.Check().Match(plan => plan, failure => throw new ArgumentException(failure.ToString(), nameof(network)));
        if (!variables.Fit(plan))
            throw new ArgumentException(
                $"{variables.Parameters.Count} parameters and {variables.Moments.Count} moments, where the network has "
                    + $"{plan.ParameterCount} and {plan.MomentCount}", nameof(variables));
        if (Ensure.Twice(levels) is { } twice) throw new ArgumentException($"two classes are named '{twice}'", nameof(levels));
        if (levels.Count > 0 && levels.Count != plan.Output.Size)
            throw new ArgumentException($"{levels.Count} classes, where the network has {plan.Output.Size} outputs", nameof(levels));
        if (!(divisor > 0 && double.IsFinite(divisor))) throw new ArgumentException($"the divisor is {divisor}", nameof(divisor));
        return variables;
    }
}
