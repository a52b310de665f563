namespace FunctionalStack.Neural;

public static class Folding
{
    /// <summary>
    /// The same function with every batch normalization that directly follows a convolution or dense layer folded into its
    /// kernel and a bias: kernel' = kernel * gamma / sqrt(variance + epsilon), bias' = beta + (bias - mean) * gamma /
    /// sqrt(variance + epsilon), by the moving moments.
    /// </summary>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    public static (Network Network, Variables Variables) WithFoldedBatchNorm(NetworkPlan plan, Variables variables) =>
        throw new NotImplementedException();
}
