namespace FunctionalStack.Neural;

/// <summary>Optimizers as pure functions: what a session's steps mean, without its buffers.</summary>
public static class Updating
{
    /// <summary>The parameters and the optimizer's state after one step along these gradients.</summary>
    /// <param name="optimizer">How.</param>
    /// <param name="plan">Which parameters are kernels, and so decay.</param>
    /// <param name="parameters">Laid out as the plan says.</param>
    /// <param name="gradients">Likewise.</param>
    /// <param name="state">Before the step.</param>
    /// <param name="factor">What a schedule makes of the rate.</param>
    public static (EquatableArray<float> Parameters, OptimizerState State) Update(
        this Optimizer optimizer, NetworkPlan plan, EquatableArray<float> parameters, EquatableArray<float> gradients, OptimizerState state, double factor = 1)
    {
        var steps = state.Steps + 1;
        var (p, first, second) = (parameters.ToArray(), state.First.ToArray(), state.Second.ToArray());
        foreach (var block in plan.Parameters)
        {
            var rule = optimizer.Rule(steps, factor, decays: block.Kind == BlockKind.Kernel);
            for (var i = block.Offset; i < block.Offset + block.Length; i++)
            {
                var (next, one, two) = rule.Of(p[i], gradients[i], first.Length == 0 ? 0 : first[i], second.Length == 0 ? 0 : second[i]);
                p[i] = (float)next;
                if (first.Length > 0) first[i] = (float)one;
                if (second.Length > 0) second[i] = (float)two;
            }
        }

        return (EquatableArray.Own(p), new(steps, EquatableArray.Own(first), EquatableArray.Own(second)));
    }

    /// <summary>One parameter, its gradient and its slots after one step.</summary>
    public static (double Parameter, double First, double Second) Of(this UpdateRule rule, double parameter, double gradient, double first, double second)
    {
        var (rate, b1, b2) = ((double)rule.Rate, (double)rule.First, (double)rule.Second);
        var g = gradient + rule.Penalty * parameter;
        var p = parameter - rule.Decay * parameter;
        switch (rule.Kind)
        {
            case UpdateKind.Plain:
                return (p - rate * g, first, second);
            case UpdateKind.Momentum:
                first = b1 * first - rate * g;
                return (p + first, first, second);
            case UpdateKind.Nesterov:
                first = b1 * first - rate * g;
                return (p + b1 * first - rate * g, first, second);
            case UpdateKind.Adam:
                (first, second) = (b1 * first + (1 - b1) * g, b2 * second + (1 - b2) * g * g);
                return (p - rate * first / (Math.Sqrt(second) + rule.Epsilon), first, second);
            case UpdateKind.RmsProp:
                second = b2 * second + (1 - b2) * g * g;
                return (p - rate * g / (Math.Sqrt(second) + rule.Epsilon), first, second);
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule.Kind, "No such update.");
        }
    }
}
