namespace FunctionalStack.Neural;

/// <summary>
/// Batch normalization folding. Every batch normalization that directly follows a convolution or dense layer is folded into its
/// kernel and bias, with the moving mean and variance; the function stays the same. With s = gamma / sqrt(variance + epsilon),
/// kernel' = s * kernel and bias' = beta + s * (bias - mean), per channel.
/// </summary>
public static class Folding
{
    /// <summary>The folded network and its variables.</summary>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    public static (Network Network, Variables Variables) WithFoldedBatchNorm(NetworkPlan plan, Variables variables)
    {
        if (!variables.Fit(plan)) throw new ArgumentException("these variables belong to another network", nameof(variables));
        var walk = new Walk(plan, variables);
        var network = plan.Network with { Layers = walk.Sequence(plan.Network.Layers) };
        return (network, new(EquatableArray.From(walk.Parameters), EquatableArray.From(walk.Moments)));
    }

    /// <summary>The folded network alone.</summary>
    internal static Network Fold(NetworkPlan plan) => plan.Network with { Layers = new Walk(plan, null).Sequence(plan.Network.Layers) };

    /// <summary>Visits the layers in the order of the plan's nodes: a residual block's body and shortcut, then its addition.</summary>
    private sealed class Walk(NetworkPlan plan, Variables? variables)
    {
        private int next;

        public List<float> Parameters { get; } = [];

        public List<float> Moments { get; } = [];

        public EquatableArray<Layer> Sequence(EquatableArray<Layer> layers)
        {
            var folded = new List<Layer>();
            for (var i = 0; i < layers.Count; i++)
            {
                // Only layers of one sequence are folded. If the body of a residual block begins with a normalization, the result before
                // the block is read by the shortcut too.
                var norm = i + 1 < layers.Count ? layers[i + 1] as Layer.BatchNorm : null;
                switch (layers[i])
                {
                    case Layer.Conv2D conv when norm is not null:
                        folded.Add(conv with { Bias = true });
                        Both(norm);
                        i++;
                        break;
                    case Layer.Dense dense when norm is not null:
                        folded.Add(dense with { Bias = true });
                        Both(norm);
                        i++;
                        break;
                    case Layer.Residual residual:
                        folded.Add(new Layer.Residual(Sequence(residual.Body), Sequence(residual.Shortcut)));
                        next++;
                        break;
                    default:
                        folded.Add(layers[i]);
                        One();
                        break;
                }
            }

            return EquatableArray.From(folded);
        }

        private void One()
        {
            var node = plan.Nodes[next++];
            if (variables is null) return;
            foreach (var block in node.Parameters) Parameters.AddRange(variables.Of(block));
            foreach (var block in node.Moments) Moments.AddRange(variables.Of(block));
        }

        private void Both(Layer.BatchNorm norm)
        {
            var (node, normalized) = (plan.Nodes[next++], plan.Nodes[next++]);
            if (variables is null) return;
            var gamma = variables.Of(normalized.Parameters[0]);
            var beta = variables.Of(normalized.Parameters[1]);
            var mean = variables.Of(normalized.Moments[0]);
            var variance = variables.Of(normalized.Moments[1]);
            var scale = new double[gamma.Length];
            for (var channel = 0; channel < scale.Length; channel++)
                scale[channel] = gamma[channel] / Math.Sqrt(variance[channel] + norm.Epsilon);

            // Output channels are innermost in both kinds of kernel.
            var kernel = variables.Of(node.Parameters[0]);
            for (var i = 0; i < kernel.Length; i++) Parameters.Add((float)(kernel[i] * scale[i % scale.Length]));
            var bias = node.Parameters.Count > 1 ? variables.Of(node.Parameters[1]) : default;
            for (var channel = 0; channel < scale.Length; channel++)
            {
                Parameters.Add((float)(beta[channel] + ((bias.IsEmpty ? 0 : bias[channel]) - (double)mean[channel]) * scale[channel]));
            }
        }
    }
}
