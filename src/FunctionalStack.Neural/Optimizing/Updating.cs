namespace FunctionalStack.Neural;

/// <summary>Optimizers as pure functions. They define the steps of a <see cref="TrainingSession"/>, without its buffers.</summary>
public static class Updating
{
    /// <summary>The parameters and the optimizer's state after one step with these gradients.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="plan">The network. Weight decay applies to its kernels.</param>
    /// <param name="parameters">With the plan's offsets.</param>
    /// <param name="gradients">With the plan's offsets.</param>
    /// <param name="state">Before the step.</param>
    /// <param name="factor">The factor of the learning rate schedule.</param>
    public static (EquatableArray<float> Parameters, OptimizerState State) Update(
        this Optimizer optimizer, NetworkPlan plan, EquatableArray<float> parameters, EquatableArray<float> gradients, OptimizerState state,
            double factor = 1)
    {
        var steps = state.Steps + 1;
        var (p, mu, nu) = (parameters.ToArray(), state.Mu.ToArray(), state.Nu.ToArray());
        foreach (var block in plan.Parameters)
        {
            var rule = optimizer.Rule(steps, factor, decays: block.Kind == BlockKind.Kernel);
            for (var i = block.Offset; i < block.Offset + block.Length; i++)
            {
                var (next, nextMu, nextNu) = rule.Of(p[i], gradients[i], mu.Length == 0 ? 0 : mu[i], nu.Length == 0 ? 0 : nu[i]);
                p[i] = (float)next;
                if (mu.Length > 0) mu[i] = (float)nextMu;
                if (nu.Length > 0) nu[i] = (float)nextNu;
            }
        }

        return (EquatableArray.Own(p), new(steps, EquatableArray.Own(mu), EquatableArray.Own(nu)));
    }

    /// <summary>One parameter, its first moment (or momentum) and its second moment after one step.</summary>
    public static (double Parameter, double Mu, double Nu) Of(this UpdateRule rule, double parameter, double gradient, double mu, double nu)
    {
        var (rate, b1, b2) = ((double)rule.Rate, (double)rule.Beta1, (double)rule.Beta2);
        var g = gradient + rule.Penalty * parameter;
        var p = parameter - rule.Decay * parameter;
        switch (rule.Kind)
        {
            case UpdateKind.Plain:
                return (p - rate * g, mu, nu);
            case UpdateKind.Momentum:
                mu = b1 * mu - rate * g;
                return (p + mu, mu, nu);
            case UpdateKind.Nesterov:
                mu = b1 * mu - rate * g;
                return (p + b1 * mu - rate * g, mu, nu);
            case UpdateKind.Adam:
                (mu, nu) = (b1 * mu + (1 - b1) * g, b2 * nu + (1 - b2) * g * g);
                return (p - rate * mu / (Math.Sqrt(nu) + rule.Epsilon), mu, nu);
            case UpdateKind.RmsProp:
                nu = b2 * nu + (1 - b2) * g * g;
                return (p - rate * g / (Math.Sqrt(nu) + rule.Epsilon), mu, nu);
            default:
                throw new ArgumentOutOfRangeException(nameof(rule), rule.Kind, "No such update.");
        }
    }
}
