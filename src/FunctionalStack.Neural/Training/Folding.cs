namespace FunctionalStack.Neural;

/// <summary>
/// The same function with every batch normalization that directly follows a convolution or dense layer folded into its
/// kernel and a bias, by the moving moments: with s = gamma / sqrt(variance + epsilon), kernel' = s * kernel and
/// bias' = beta + s * (bias - mean), per channel.
/// </summary>
public static class Folding
{
    /// <summary>The folded network and its variables.</summary>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    public static (Network Network, Variables Variables) WithFoldedBatchNorm(NetworkPlan plan, Variables variables) => (Fold(plan), Fold(plan, variables));

    /// <summary>The folded network alone.</summary>
    internal static Network Fold(NetworkPlan plan) => plan.Network with { Layers = Fold(plan.Network.Layers) };

    /// <summary>The folded network's variables alone.</summary>
    internal static Variables Fold(NetworkPlan plan, Variables variables)
    {
        if (!variables.Fit(plan)) throw new ArgumentException("these variables belong to another network", nameof(variables));
        var (parameters, moments) = (new List<float>(plan.ParameterCount), new List<float>(plan.MomentCount));
        for (var i = 0; i < plan.Nodes.Count; i++)
        {
            var node = plan.Nodes[i];
            if (i + 1 < plan.Nodes.Count && plan.Nodes[i + 1] is { Layer: Layer.BatchNorm norm } next && next.From == i && Folds(node.Layer))
            {
                Append(parameters, variables, node, next, norm);
                i++;
                continue;
            }

            foreach (var block in node.Parameters) parameters.AddRange(variables.Of(block));
            foreach (var block in node.Moments) moments.AddRange(variables.Of(block));
        }

        return new(Values.From(parameters), Values.From(moments));
    }

    private static Values<Layer> Fold(Values<Layer> layers)
    {
        var folded = new List<Layer>();
        for (var i = 0; i < layers.Count; i++)
        {
            var before = i + 1 < layers.Count && layers[i + 1] is Layer.BatchNorm;
            folded.Add(layers[i] switch
            {
                Layer.Conv2D conv when before => conv with { Bias = true },
                Layer.Dense dense when before => dense with { Bias = true },
                Layer.Residual residual => new Layer.Residual(Fold(residual.Body), Fold(residual.Shortcut)),
                var layer => layer,
            });
            if (before && Folds(layers[i])) i++;
        }

        return Values.From(folded);
    }

    private static bool Folds(Layer layer) => layer is Layer.Conv2D or Layer.Dense;

    private static void Append(List<float> parameters, Variables variables, Node node, Node next, Layer.BatchNorm norm)
    {
        var gamma = variables.Of(next.Parameters[0]);
        var beta = variables.Of(next.Parameters[1]);
        var mean = variables.Of(next.Moments[0]);
        var variance = variables.Of(next.Moments[1]);
        var scale = new double[gamma.Length];
        for (var channel = 0; channel < scale.Length; channel++) scale[channel] = gamma[channel] / Math.Sqrt(variance[channel] + norm.Epsilon);

        // Output channels lie innermost in kernels of both kinds.
        var kernel = variables.Of(node.Parameters[0]);
        for (var i = 0; i < kernel.Length; i++) parameters.Add((float)(kernel[i] * scale[i % scale.Length]));
        var bias = node.Parameters.Count > 1 ? variables.Of(node.Parameters[1]) : default;
        for (var channel = 0; channel < scale.Length; channel++)
        {
            parameters.Add((float)(beta[channel] + ((bias.IsEmpty ? 0 : bias[channel]) - (double)mean[channel]) * scale[channel]));
        }
    }
}
