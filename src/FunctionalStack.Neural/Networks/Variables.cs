namespace FunctionalStack.Neural;

/// <summary>The variables of a network: plain data, with the offsets of its <see cref="NetworkPlan"/>.</summary>
/// <param name="Parameters">The parameters learned by gradients.</param>
/// <param name="Moments">Batch normalization's means and variances for inference.</param>
public sealed record Variables(EquatableArray<float> Parameters, EquatableArray<float> Moments)
{
    /// <summary>
    /// The initial variables. Kernels are glorot-uniform (Glorot &amp; Bengio 2010: within ±sqrt(6 / (fan in + fan out))), each
    /// block from its own fork of the seed. Gamma and the moving variances are 1, everything else is 0.
    /// </summary>
    public static Variables Initial(NetworkPlan plan, Seed seed)
    {
        var (parameters, moments) = (new float[plan.ParameterCount], new float[plan.MomentCount]);
        for (var i = 0; i < plan.Parameters.Count; i++)
        {
            var block = plan.Parameters[i];
            var to = parameters.AsSpan(block.Offset, block.Length);
            if (block.Kind == BlockKind.Gamma) to.Fill(1);
            if (block.Kind != BlockKind.Kernel) continue;
            var stream = seed.Fork(i).Stream();
            var limit = Math.Sqrt(6.0 / (block.FanIn + block.FanOut));
            foreach (ref var weight in to) weight = (float)((2 * stream.NextDouble() - 1) * limit);
        }

        foreach (var block in plan.Moments)
        {
            if (block.Kind == BlockKind.MovingVariance) moments.AsSpan(block.Offset, block.Length).Fill(1);
        }

        return new(EquatableArray.Own(parameters), EquatableArray.Own(moments));
    }

    /// <summary>The content of one block.</summary>
    public ReadOnlySpan<float> Of(Block block) =>
        (block.Kind is BlockKind.MovingMean or BlockKind.MovingVariance ? Moments : Parameters).AsSpan().Slice(block.Offset, block.Length);

    /// <summary>Whether the lengths are those of <paramref name="plan"/>.</summary>
    public bool Fit(NetworkPlan plan) => Parameters.Count == plan.ParameterCount && Moments.Count == plan.MomentCount;
}
